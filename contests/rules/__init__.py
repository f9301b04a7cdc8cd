"""The closed set of rule kinds: each one a parameter model (kinds.py) and one pure function of its own module.

Duties with a last day (obligations) are the clocks of contests.lifecycles: deadlines.py is their pure function.
"""
