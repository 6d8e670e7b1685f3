"""Roads between laptop, mailbox and desk: network or stick. All carry the same bytes and may lose or repeat them."""
