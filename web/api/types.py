"""Value types the API's bodies share: text without control characters, money in 元, pages of a list."""

import datetime as dt
import unicodedata
import uuid
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from models.accounts import User
from models.base import Base
from models.errors import NotFound
from web.sessions import db

PAGE = 20
DEEPEST_PAGE = 10_000


def printable(value: str) -> str:
    if any(unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t" for char in value):
        raise ValueError("control characters are not allowed")
    return value


Text = Annotated[str, AfterValidator(printable), Field(max_length=5000)]
Line = Annotated[str, AfterValidator(printable), Field(max_length=300)]
Money = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=2, description="元")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="the version that was read; an older one is a conflict")]
Day = Annotated[dt.date, Field(description="a day in Asia/Shanghai")]


class Body(BaseModel):
    """What a call sends: unknown keys are refused, so nobody sets what is not theirs to set."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(Body):
    page: int = Field(1, ge=1, le=DEEPEST_PAGE)


class Created(BaseModel):
    id: uuid.UUID
    version: int


def load(kind: type[Base], key: uuid.UUID, what: str):
    """The row `key`, or NotFound naming `what` it is."""
    found = db().get(kind, key)
    if found is None:
        raise NotFound(f"没有找到{what}")
    return found


def name_of(person: User | None) -> str | None:
    return person.name if person else None
