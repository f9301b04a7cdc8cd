"""The same thing twice: organisations and demands that are one, found at entry, merged by staff, evidence untouched."""
