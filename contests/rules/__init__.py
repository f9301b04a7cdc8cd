"""The closed set of rule kinds: each one a parameter model (kinds.py) and one pure function of its own module."""
