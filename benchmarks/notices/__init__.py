"""How well notices are read: five founding documents and nine invented ones, each against a table written by hand."""
