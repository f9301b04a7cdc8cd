"""Lifecycles: states and moves as data, the clocks that run between them, and the cases that go through them."""
