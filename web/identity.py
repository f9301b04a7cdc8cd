"""Who is asking: logins by cookie or bearer token, their time limits, and the roles that count."""

import datetime as dt
import hashlib
import uuid

from flask import Request, request, session
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from models.accounts import ApiToken, LoginSession, Role, User
from models.base import now
from models.errors import Forbidden
from web.sessions import db

STAFF_ROLES = frozenset({Role.staff, Role.admin})
STAFF_LIMITS = (dt.timedelta(minutes=30), dt.timedelta(hours=8))
MEMBER_LIMITS = (dt.timedelta(hours=2), dt.timedelta(days=7))
"""Idle and absolute limits of a login."""

# Put together once: every request asks one of the two, and to write such a statement takes as long as to run it.
_PERSON_OF_LOGIN = (joinedload(LoginSession.user).joinedload(User.grants),)
_TOKEN = (select(ApiToken).options(joinedload(ApiToken.user).joinedload(User.grants))
          .where(ApiToken.digest == bindparam("digest")))

manager = LoginManager()
manager.login_view = "session.login"
manager.login_message = None


class Identity(UserMixin):
    """The person behind a request, and the login it came by (None for a bearer token)."""

    def __init__(self, user: User, login: LoginSession | None):
        self.user, self.login = user, login

    def get_id(self) -> str:
        return str(self.login.id)


@manager.user_loader
def load_login(login_id: str) -> Identity | None:
    """The identity of a cookie, unless its login ended, the account is closed or a time limit passed.

    The API takes no cookie: a page of another site could make a browser send one there.
    """
    try:
        key = uuid.UUID(login_id)
    except ValueError:
        return None
    if request.path.startswith("/api/"):
        return None
    login = db().get(LoginSession, key, options=_PERSON_OF_LOGIN)
    if login is None or login.ended_at or not login.user.active:
        return None
    idle, absolute = STAFF_LIMITS if login.user.roles & STAFF_ROLES else MEMBER_LIMITS
    seen = dt.datetime.fromtimestamp(session.get("seen", 0), dt.UTC)
    if now() - seen > idle or now() - login.created_at > absolute:
        return None
    session["seen"] = int(now().timestamp())
    return Identity(login.user, login)


@manager.request_loader
def load_token(call: Request) -> Identity | None:
    """The identity of an API call's bearer token. Tokens open the API only, never a page."""
    header = call.headers.get("Authorization", "")
    if not call.path.startswith("/api/") or not header.startswith("Bearer "):
        return None
    digest = hashlib.sha256(header.removeprefix("Bearer ").encode()).hexdigest()
    token = db().scalars(_TOKEN, {"digest": digest}).unique().one_or_none()
    if token is None or token.revoked_at or token.expires_at < now() or not token.user.active:
        return None
    return Identity(token.user, None)


def user() -> User | None:
    """The person asking, or None."""
    return current_user.user if current_user.is_authenticated else None


def me() -> User:
    """The person asking. Forbidden where nobody is logged in."""
    found = user()
    if found is None:
        raise Forbidden(_("请先登录"))
    return found


def has_role(*roles: Role) -> bool:
    found = user()
    return found is not None and bool(found.roles & set(roles))
