"""From the decided list to what follows an award: 公示, objections, the result, certificates, payments, follow-ups."""
