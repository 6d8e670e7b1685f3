"""The desk's window: what people at the centre do perhaps once a day. It knows no laptop's vault."""
