"""Logging in and out, and the reader's own choices: language and 关怀版."""

from flask import Blueprint

from web.session import views

blueprint = Blueprint("session", __name__)
blueprint.add_url_rule("/login", view_func=views.login, methods=["GET", "POST"])
blueprint.add_url_rule("/logout", view_func=views.logout, methods=["POST"])
blueprint.add_url_rule("/preferences/language", view_func=views.language, methods=["POST"])
blueprint.add_url_rule("/preferences/care", view_func=views.care, methods=["POST"])
