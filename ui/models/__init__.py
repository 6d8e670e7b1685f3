"""What pages show, as values and Qt models; no page and no widget."""
