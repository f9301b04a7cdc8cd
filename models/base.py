"""What every table shares: naming of constraints, column types for time, money and ids."""

import datetime as dt
import enum
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import Annotated
from zoneinfo import ZoneInfo

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Enum,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    String,
    Text,
    TypeDecorator,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware UTC time. SQLite has no time zones, so the zone is put back on reading; a naive value is an error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: give it a time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class Hundredths(TypeDecorator[Decimal]):
    """Two decimals, exact. SQLite has no decimals, so whole hundredths are held there and in PostgreSQL alike.

    ValueError for anything finer, or not finite.
    """

    impl = Numeric(16, 0)
    cache_ok = True
    finest = "one hundredth"

    def load_dialect_impl(self, dialect):
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        hundredths = Decimal(value) * 100
        if not hundredths.is_finite() or hundredths != hundredths.to_integral_value():
            raise ValueError(f"{value} is finer than {self.finest}")
        return int(hundredths)

    def process_result_value(self, value, dialect):
        return None if value is None else Decimal(int(value)) / 100


class Yuan(Hundredths):
    """Money in 元 with 分."""

    cache_ok = True
    finest = "one 分"


CITY_TIME = ZoneInfo("Asia/Shanghai")
_set_clock: ContextVar[dt.datetime | None] = ContextVar("set_clock", default=None)


def now() -> dt.datetime:
    """The present in UTC. The one clock of the product: `clock_at` sets it for demo histories and tests."""
    return _set_clock.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The present day in Asia/Shanghai, by which deadlines and windows are judged."""
    return city_day(now())


def city_day(moment: dt.datetime) -> dt.date:
    """The calendar day of an aware moment in Asia/Shanghai."""
    return moment.astimezone(CITY_TIME).date()


@contextmanager
def clock_at(moment: dt.datetime) -> Iterator[None]:
    """Within the block, and in this thread only, `now()` is `moment` (aware)."""
    before = _set_clock.set(moment)
    try:
        yield
    finally:
        _set_clock.reset(before)


def choice(kind: type[enum.StrEnum]) -> Enum:
    """A column type for a StrEnum: its values as text with a CHECK, the same in SQLite and PostgreSQL."""
    return Enum(kind, native_enum=False, length=32, create_constraint=True, validate_strings=True,
                values_callable=lambda members: [member.value for member in members], name=kind.__name__.lower())


Id = Annotated[uuid.UUID, mapped_column(Uuid, primary_key=True, default=uuid.uuid4)]
Short = Annotated[str, mapped_column(String(120))]
Line = Annotated[str, mapped_column(String(300))]
Body = Annotated[str, mapped_column(Text)]
When = Annotated[dt.datetime, mapped_column(UtcDateTime)]
Document = JSON().with_variant(JSONB(), "postgresql")


def ref(target: str, **options):
    """A foreign key column, indexed. `target` is table.column."""
    return mapped_column(ForeignKey(target, **{k: options.pop(k) for k in ("ondelete",) if k in options}),
                         **{"index": True, **options})


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Versioned:
    """A row that says how often it changed. Writing one that has moved on since it was read raises StaleDataError."""

    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict:
        return {"version_id_col": cls.version}
