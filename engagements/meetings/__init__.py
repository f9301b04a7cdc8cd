"""The matching day (对接会): set up by staff, arranged by the worker, published, answered, held."""
