"""Spreadsheets both ways: read whatever an office made, say what is wrong by row and column, write what reads again."""
