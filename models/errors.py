"""Named domain errors. Every layer raises these; web/errors.py maps them to HTTP and shows them beside their cause."""


class DomainError(Exception):
    """Something a person asked for that the rules do not allow.

    `message` is good Chinese for the person; `field` names the form field it belongs to, if any; `clause` quotes the
    rule's source, if any. Nothing has been changed when one is raised: the boundary rolls back.
    """

    code = "refused"

    def __init__(self, message: str, *, field: str | None = None, clause: str | None = None):
        super().__init__(message)
        self.message, self.field, self.clause = message, field, clause


class Invalid(DomainError):
    """A value that cannot be accepted (HTTP 422)."""

    code = "invalid"


class Forbidden(DomainError):
    """The person may not do this (HTTP 403)."""

    code = "forbidden"


class NotFound(DomainError):
    """No such record, or none this person may know of (HTTP 404)."""

    code = "not_found"


class Conflict(DomainError):
    """The record has moved on since it was read, or the move is not a legal one (HTTP 409)."""

    code = "conflict"


class Refused(DomainError):
    """A contest rule refuses it; `clause` says which (HTTP 422)."""

    code = "refused"
