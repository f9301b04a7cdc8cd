"""Contest notices (公文) read into values with their sources: pure, from text to a Notice, no database."""
