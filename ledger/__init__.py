"""The evidence ledger: an RFC 9162 Merkle log in the product's own database. It knows nothing of contests."""
