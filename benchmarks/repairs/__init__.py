"""How well damaged text is repaired: the founding documents against tables written by hand (`make repairs`)."""
