"""Sheets of advice in a person's own language, and the leaflets printed from them. Knows no contact and no vault."""
