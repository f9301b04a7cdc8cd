"""Language and clock of the reader: Chinese first, English second, Asia/Shanghai always."""

from flask import Flask, current_app, request
from flask_babel import Babel

from web.identity import user

COOKIE = "lang"
LOCALES = {"zh_Hans_CN": "中文", "en": "English"}


def choose() -> str:
    """The reader's own choice (account, then cookie), else the site's default."""
    found = user()
    wanted = request.cookies.get(COOKIE) or (found.locale if found else "")
    return wanted if wanted in LOCALES else current_app.extensions["settings"].default_locale


def init(app: Flask) -> None:
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Shanghai"
    Babel(app, default_locale="zh_Hans_CN", locale_selector=choose)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["locales"] = LOCALES
    app.jinja_env.globals["current_locale"] = choose
