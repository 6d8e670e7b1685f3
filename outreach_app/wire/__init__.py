"""Everything that comes from outside passes here: one strict reader and the shapes it accepts."""
