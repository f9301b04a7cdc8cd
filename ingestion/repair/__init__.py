"""Damaged text made clean: every change kept with its place, its reason and how sure it is; what is lost stays lost."""
