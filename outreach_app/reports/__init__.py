"""Papers of the work with a person and of the week, set in memory; what they say comes from the services."""
