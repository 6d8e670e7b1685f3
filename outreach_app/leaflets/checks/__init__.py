"""What is wrong with a printed leaflet, found by reading its words, its pages and its file as others would.

Faults are codes; ``docs/manual/command-line.md`` says what each means.
"""
