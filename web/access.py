"""Every route names who may use it; one that does not is closed to everybody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, current_app, request
from flask_babel import gettext as _
from flask_login import current_user

from models.accounts import Role
from models.errors import Forbidden
from web.identity import manager, user

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Access:
    """Who may call a view: anybody, any logged-in person, or those who hold one of `roles`."""

    public: bool = False
    roles: frozenset[Role] = frozenset()

    @property
    def label(self) -> str:
        return "public" if self.public else ",".join(sorted(self.roles)) or "member"


def public(view: View) -> View:
    view.access = Access(public=True)
    return view


def member(view: View) -> View:
    view.access = Access()
    return view


def roles(*allowed: Role) -> Callable[[Any], Any]:
    def declare(view):
        view.access = Access(roles=frozenset(allowed))
        return view

    return declare


staff = roles(Role.staff, Role.admin)


def check():
    """Before each request: let through, ask to log in, or refuse. A view without a declaration is refused."""
    if request.endpoint is None:
        return None  # no such page: the router answers
    view = current_app.view_functions[request.endpoint]
    access: Access | None = getattr(view, "access", None)
    if access is None:
        raise Forbidden("这个页面没有登记谁可以打开")
    if access.public:
        return None
    if not current_user.is_authenticated:
        return abort(401) if request.path.startswith("/api/") else manager.unauthorized()
    if access.roles and not user().roles & access.roles:
        raise Forbidden(_("您的身份不能打开这个页面"))
    return None
