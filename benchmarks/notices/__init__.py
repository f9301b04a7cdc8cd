"""How well notices are read: five founding documents and four invented ones, each against a table written by hand."""
