"""From evidence to an award: contest definitions as data, their rules, entries and forms."""
