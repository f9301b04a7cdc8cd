"""What a contract's paper says: parties, number, type, day, price, term, each with the words it was read from."""
