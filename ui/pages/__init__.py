"""The pages of the window; no page imports another, nor the vault."""
