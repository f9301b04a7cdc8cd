"""Contests played through with invented people: what `jiebang contest run` shows, and the tests walk."""
