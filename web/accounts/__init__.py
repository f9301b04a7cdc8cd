"""A person's own account: registration, further roles, profile, messages, preferences, a copy of their data."""

from flask import Blueprint

from web.accounts import profile, registration

blueprint = Blueprint("accounts", __name__)
blueprint.add_url_rule("/register", "register", registration.register)
blueprint.add_url_rule("/register/<role>", "register_as", registration.register_as, methods=["GET", "POST"])
blueprint.add_url_rule("/account/roles/<role>", "add_role", registration.add_role, methods=["GET", "POST"])
blueprint.add_url_rule("/account", "profile", profile.show)
blueprint.add_url_rule("/account/contact", "contact", profile.contact, methods=["POST"])
blueprint.add_url_rule("/account/password", "password", profile.password, methods=["POST"])
blueprint.add_url_rule("/account/preferences", "preferences", profile.preferences, methods=["POST"])
blueprint.add_url_rule("/account/expert", "expert", profile.expert, methods=["POST"])
blueprint.add_url_rule("/account/broker", "broker", profile.broker, methods=["POST"])
blueprint.add_url_rule("/account/organisation", "organisation", profile.organisation, methods=["GET", "POST"])
blueprint.add_url_rule("/account/messages", "messages", profile.messages, methods=["GET", "POST"])
blueprint.add_url_rule("/account/data.json", "data", profile.data)
