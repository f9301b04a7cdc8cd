"""Sources that repeat: fetched politely and safely, taken apart into entries, of which people make drafts."""
