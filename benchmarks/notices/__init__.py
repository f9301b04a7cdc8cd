"""How well notices are read: the five founding documents and invented ones, each against a table written by hand."""
