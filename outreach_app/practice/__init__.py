"""Practice: fictional people in a vault of their own, and a centre of their own on this machine."""
