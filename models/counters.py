"""Running numbers that people read: WH-2026-0417 for demands, HT-2026-0093 for collaborations."""

from sqlalchemy import Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.insertion import insert_once


class Counter(Base):
    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[int] = mapped_column(Integer, default=0)


def next_number(session: Session, name: str) -> int:
    """The next number of `name`, from 1. Its row stays locked until the transaction ends: none is given twice."""
    insert_once(session, Counter, name=name, value=0)
    counter = session.scalars(select(Counter).where(Counter.name == name).with_for_update()
                              .execution_options(populate_existing=True)).one()
    counter.value += 1
    session.flush()
    return counter.value
