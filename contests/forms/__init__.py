"""Registration forms in the layout of the notice's annexes, as PDF and DOCX."""
