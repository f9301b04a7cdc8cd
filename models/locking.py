"""Holding a row: of two acts at once, the second judges what the first left."""

from sqlalchemy.orm import Session

from models.base import Base


def lock(session: Session, row: Base) -> None:
    """Read the row again and hold it until the transaction ends, so that what follows judges its present state."""
    session.flush()
    # `of`: read with joins to rows that may be missing, it is read with them again, and PostgreSQL locks none of those
    session.refresh(row, with_for_update={"of": type(row)})
