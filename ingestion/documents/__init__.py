"""Files people have (DOCX, DOC, PDF, HTML, TXT, RTF) to text that knows where it stood, and what is read out of it."""
