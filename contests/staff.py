"""Who works for the union, and what only they may do."""

from models.accounts import Role, User
from models.errors import Forbidden

STAFF = frozenset({Role.staff, Role.admin})


def is_staff(actor: User) -> bool:
    return bool(STAFF & actor.roles)


def require_staff(actor: User, what: str, roles: frozenset[Role] = STAFF) -> None:
    """Forbidden unless the person works for the union. `what`: 办理公示. `roles`: where not every one of them may."""
    if not roles & actor.roles:
        raise Forbidden(f"只有工会工作人员可以{what}")
