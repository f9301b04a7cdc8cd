"""A refused form, shown again: each message beside its field and once more in the summary, typed values kept."""

from dataclasses import dataclass, field

from flask_babel import gettext as _

from ingestion.findings import errors_of
from models.errors import DomainError, Invalid
from web.errors import status_of


@dataclass(frozen=True)
class Refusal:
    """What is wrong with a form. `problems`: (field id, message) in form order, for the summary."""

    problems: list[tuple[str, str]] = field(default_factory=list)
    status: int = 200

    @property
    def errors(self) -> dict[str, str]:
        """Field id → its first message."""
        return {name: message for name, message in reversed(self.problems) if name}


NONE = Refusal()


def refusal_of(error: DomainError) -> Refusal:
    """What the page says of `error`, and the status it answers with."""
    singles = errors_of(error) if isinstance(error, Invalid) else [error]
    return Refusal([(one.field or "", _told(one)) for one in singles], status_of(error))


def _told(error: DomainError) -> str:
    """The message, with the clause it rests on where there is one."""
    return _("%(message)s。依据：%(clause)s", message=error.message, clause=error.clause) if error.clause else error.message
