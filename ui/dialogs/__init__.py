"""What several pages ask in the same way: in place, in steps, never as a window of its own."""
