"""The command line: one module a noun; it parses arguments, calls services and prints. No rules here."""
