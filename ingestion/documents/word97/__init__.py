"""The Word binary format (.doc, and WPS's .wps): [MS-DOC] over the compound files of [MS-CFB]. Runs in child.py."""
