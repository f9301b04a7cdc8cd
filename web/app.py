"""The application factory: one place where every part is put together."""

import datetime as dt

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

import settings as configuration
from jobs import logs
from models.database import Database
from web import (
    access,
    chrome,
    display,
    errors,
    features,
    identity,
    impressions,
    limits,
    localisation,
    options,
    reading,
    security,
    sessions,
)
from web.api.errors import PROBLEM
from web.sessions import CommittingFlask

MULTIPART_SLACK = 2


def create_app(settings: configuration.Settings | None = None, database: Database | None = None) -> Flask:
    """Build the site. Without arguments it reads the environment; tests hand in their own settings and database."""
    settings = settings or configuration.load()
    logs.configure(settings.log_level)
    app = CommittingFlask(__name__, title="jiebang 揭榜", version="1.0", spec_path="/api/v1/openapi.json",
                          docs_path=None, json_errors=False)
    app.extensions["settings"] = settings
    app.extensions["database"] = database or Database.connect(settings.database)
    reading.init(app)
    configure(app, settings)
    identity.manager.init_app(app)
    security.init(app)
    localisation.init(app)
    display.init(app)
    options.init(app)
    chrome.init(app)
    limits.init(app, settings)
    app.before_request(access.check)
    app.teardown_request(sessions.close)
    errors.init(app)
    impressions.init(app)
    features.register(app)
    for endpoint in ("static", "openapi.spec"):
        app.view_functions[endpoint] = access.public(app.view_functions[endpoint])
    return app


def configure(app: Flask, settings: configuration.Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.session_secret(),
        SESSION_COOKIE_NAME="__Host-jiebang" if settings.https else "jiebang",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=dt.timedelta(days=7),
        MAX_CONTENT_LENGTH=(settings.max_upload_mb + MULTIPART_SLACK) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        MAX_FORM_PARTS=500,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.config.update(HTTP_ERROR_SCHEMA=PROBLEM, VALIDATION_ERROR_SCHEMA=PROBLEM, AUTO_404_RESPONSE=False)
    app.security_schemes = {"BearerAuth": {"type": "http", "scheme": "bearer"}}
    if settings.trusted_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies,
                                x_host=settings.trusted_proxies)
