"""A walk through the whole main job on fictional people, each step verified by reading back."""
