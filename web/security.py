"""Headers, the nonce of the content policy, and the check that a write came from our own pages."""

import secrets

from flask import Flask, Response, abort, current_app, g, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from web.navigation import parts_of
from web.sessions import SAFE

csrf = CSRFProtect()

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def nonce() -> str:
    """The nonce of this response's scripts and styles."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return g.nonce


def check_origin() -> None:
    """Refuse a write that another site's page sent (on top of the CSRF token). Tokens are not sent by browsers."""
    origin = request.headers.get("Origin")
    if request.method in SAFE or not origin or request.headers.get("Authorization"):
        return
    if parts_of(origin).netloc != request.host:
        abort(403)


def harden(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY.format(nonce=nonce()))
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current_app.extensions["settings"].https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint != "static" and (current_user.is_authenticated or "Set-Cookie" in headers):
        headers["Cache-Control"] = "no-store"
    return response


def init(app: Flask) -> None:
    csrf.init_app(app)
    app.before_request(check_origin)
    app.after_request(harden)
    app.jinja_env.globals["csp_nonce"] = nonce
