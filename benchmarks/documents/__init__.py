"""What share of the facts in hand-written sample documents is read right: `python -m benchmarks.documents`."""
