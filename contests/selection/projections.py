"""Do sealed terms, decisions and awards say the same as the ledger? Checked both ways, as contests.projections does."""

from collections.abc import Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger.audit import Finding
from ledger.leaf import Entry as Leaf
from ledger.leaf import canonical_value
from models.awards import Award, AwardProposal, SealedTerms

SEALED, DECIDED, GRANTED = "terms.sealed", "award.decided", "award.granted"


def disagreements(session: Session, leaves: Mapping[int, Leaf]) -> Iterator[Finding]:
    """What a row says against its leaf, and every leaf without its row. `leaves`: the whole log by index."""
    sealed = {row.id: (row.ledger_index, {"track": row.track, "terms": row.terms, "minutes": row.minutes})
              for row in session.scalars(select(SealedTerms))}
    decided = {row.id: (row.ledger_index, {"track": row.track, "ranking": row.digest, "minutes": row.minutes})
               for row in session.scalars(select(AwardProposal).where(AwardProposal.ledger_index.is_not(None)))}
    granted = {row.id: (row.ledger_index, {"entry": row.entry_id, "grade": row.grade, "rank": row.rank,
                                           "points": f"{row.points:.2f}"}) for row in session.scalars(select(Award))}
    for kind, what, rows in ((SEALED, "评选办法", sealed), (DECIDED, "评定", decided), (GRANTED, "奖项", granted)):
        yield from _compare(leaves, kind, what, rows)


def _compare(leaves: Mapping[int, Leaf], kind: str, what: str, rows: dict) -> Iterator[Finding]:
    for row_id, (index, said) in rows.items():
        leaf = leaves.get(index)
        if leaf is None or leaf.leaf.event_id != row_id or leaf.leaf.type != kind:
            yield Finding(index, f"{what} {row_id} 指着的第 {index} 号条目不存在，或记的是另一件事")
            continue
        for name, value in said.items():
            if canonical_value(value) != leaf.openings[name].value:
                yield Finding(index, f"{what} {row_id} 的 {name} 和第 {index} 号条目不符")
    for index, leaf in leaves.items():
        if leaf.leaf.type == kind and leaf.leaf.event_id not in rows:
            yield Finding(index, f"第 {index} 号条目记着一次{what}，业务表里没有")
