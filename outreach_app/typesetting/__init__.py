"""Shaped text, tagged pages and embedded fonts: the only package that imports reportlab."""
