"""The groups of the `jiebang` command: each command parses, calls one operation and says what came of it."""
