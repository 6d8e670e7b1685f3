"""Content packs: the archive, what vouches for it, publishing and fetching."""
