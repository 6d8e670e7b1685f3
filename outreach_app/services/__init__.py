"""What a worker can do: verbs grouped by noun; each change is one transaction."""
