"""Bytes for the reader to keep: always an attachment, never rendered by the browser."""

from urllib.parse import quote

from flask import Response

SANDBOX = "sandbox; default-src 'none'"


def attachment(content: bytes, name: str, media_type: str) -> Response:
    """A download under `name` (any characters: RFC 6266 spells it twice)."""
    clean = "".join(char for char in name if char.isprintable() and char not in '/\\"')
    plain = clean.encode("ascii", "ignore").decode() or "download"
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean)}"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "no-store"
    return response
