"""The centre: the mailbox on the internet that cannot read, and the desk inside that can."""
