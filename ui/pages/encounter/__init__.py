"""The encounter page: where, who, what was seen or told, and what it adds up to."""
