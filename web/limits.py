"""How often one address or account may do what costs us or could be guessed."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from settings import Settings
from web.identity import user


def account_or_address() -> str:
    found = user()
    return str(found.id) if found else get_remote_address()


limiter = Limiter(account_or_address, headers_enabled=True)
LOGIN_BY_ADDRESS = "20/minute"
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
