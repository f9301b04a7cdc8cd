"""Where to go after a form: only ever a page of this site."""

from urllib.parse import SplitResult, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException


def parts_of(url: str | None) -> SplitResult:
    """`url` taken apart; every part is empty where it is none."""
    try:
        return urlsplit(url or "")
    except ValueError:
        return SplitResult("", "", "", "", "")


def local_path(target: str | None) -> str | None:
    """`target` if it is a path that this site's GET routes know, else None. Hosts, schemes and tricks are refused."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = parts_of(target)
    if parts.scheme or parts.netloc or "\\" in target or any(ord(char) < 32 for char in target):
        return None
    try:
        current_app.create_url_adapter(request).match(parts.path, method="GET")
    except HTTPException:
        return None
    return target


def back() -> str:
    """The page the form stood on, if it is ours; otherwise home."""
    referrer = parts_of(request.referrer)
    here = referrer.path + (f"?{referrer.query}" if referrer.query else "")
    return (local_path(here) if referrer.netloc == request.host else None) or url_for("home.index")
