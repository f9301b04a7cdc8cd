"""How often one address or account may do what costs us or could be guessed."""

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from settings import Settings
from web.identity import user


def account_or_address() -> str:
    found = user()
    return str(found.id) if found else get_remote_address()


def account_tried() -> str:
    """The account that a login names, by form or by API, whatever the case it is typed in."""
    body = request.get_json(silent=True) if request.is_json else request.form
    typed = body.get("login") if isinstance(body, dict) else None
    return str(typed or "").strip().lower()


limiter = Limiter(account_or_address, headers_enabled=True)
login_by_address = limiter.shared_limit("20/minute", "address", key_func=get_remote_address, methods=["POST"])
login_by_account = limiter.shared_limit("5/minute", "account", key_func=account_tried, methods=["POST"])
"""Guesses at passwords: pages and API count together."""
SEARCH = "30/minute"
EXPORT = "5/hour"
CONFIRM = "10/minute"
REGISTER = "10/hour"
UPLOAD = "60/hour"


def init(app: Flask, settings: Settings) -> None:
    app.config["RATELIMIT_ENABLED"] = settings.rate_limits
    shared = settings.broker_url.startswith("redis")
    app.config["RATELIMIT_STORAGE_URI"] = settings.broker_url if shared else "memory://"
    limiter.init_app(app)
