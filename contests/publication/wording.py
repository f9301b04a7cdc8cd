"""Texts that people type into the acts of this room: cleaned, needed or not, no longer than they may be."""

from contests import staff
from contests.forms.text import checked, clean_body, clean_line
from models.accounts import Role, User


def line_of(text: str, field: str, label: str, *, most: int = 200, needed: bool = True,
            clause: str | None = None) -> str:
    """One line. Invalid for `field` where it is missing or too long."""
    return checked(clean_line(text), field, label, most, f"写明{label}" if needed else "", clause)


def body_of(text: str, field: str, label: str, *, most: int = 5000, needed: bool = True,
            clause: str | None = None) -> str:
    """Several lines, else as line_of."""
    return checked(clean_body(text), field, label, most, f"写明{label}" if needed else "", clause)


def require_staff(actor: User, what: str) -> None:
    """Forbidden for whoever does not handle publications: administrators do not. `what`: 办理公示."""
    staff.require_staff(actor, what, frozenset({Role.staff}))
