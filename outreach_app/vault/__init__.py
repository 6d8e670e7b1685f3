"""The encrypted box as an engine: keys, slots, opening, anchor, migrations. It knows no contact and no window."""
