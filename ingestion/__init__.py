"""Every way a posting, a person or a file comes in."""
