"""Several things wrong with one form, gathered so that a person sees all of them at once."""

from collections.abc import Callable
from typing import Any, TypeVar

from models.errors import Invalid

Result = TypeVar("Result")


class InvalidForm(Invalid):
    """More than one value cannot be accepted. Reads like its first error; `errors` holds all, in form order."""

    def __init__(self, errors: list[Invalid]):
        super().__init__(errors[0].message, field=errors[0].field)
        self.errors = errors


class Findings:
    """Runs checks and keeps what they raise."""

    def __init__(self) -> None:
        self.errors: list[Invalid] = []

    def check(self, call: Callable[..., Result], *args: Any, **kwargs: Any) -> Result | None:
        """The result of `call`, or None where it found the value (or several) invalid."""
        try:
            return call(*args, **kwargs)
        except Invalid as error:
            self.errors.extend(errors_of(error))
            return None

    def add(self, message: str, field: str) -> None:
        self.errors.append(Invalid(message, field=field))

    def settle(self) -> None:
        """Raise what was found as one InvalidForm; return when nothing was."""
        if self.errors:
            raise InvalidForm(self.errors)


def errors_of(error: Invalid) -> list[Invalid]:
    """The single errors in `error`, in form order."""
    return error.errors if isinstance(error, InvalidForm) else [error]
