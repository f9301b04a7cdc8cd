"""Files people have (DOCX, PDF, HTML, TXT, RTF) to text that knows where it stood, and what is read out of it."""
