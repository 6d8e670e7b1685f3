"""Widgets used by every page; they know no word of the domain."""
