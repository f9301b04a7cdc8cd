"""The project's own evaluation sets, written by hand before anything was tuned on them (see README.md)."""
