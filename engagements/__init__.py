"""From first interest to a verified collaboration: talk, introductions, contracts, confirmation, verification."""
