"""What candidates wrote, read as plain columns: a whole pool's texts are read for reasons, a few of them are shown."""

import functools
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from matching.candidates import hexed
from matching.postings import BATCH
from matching.reasons.passages import capability_passages
from matching.reasons.targets import Passage
from models.capabilities import Capability, CapabilityClaim, CapabilityStatus


class Claim(NamedTuple):
    text: str
    year: int | None
    proof: str
    verified: bool


class Said(NamedTuple):
    """One capability, word for word, with the facts that stand beside its claims."""

    id: str
    title: str
    summary: str
    claims: tuple[Claim, ...]

    @classmethod
    def of(cls, capability: Capability) -> Self:
        return cls(capability.id.hex, capability.title, capability.summary,
                   tuple(Claim(c.text, c.year, c.proof.value, c.verified) for c in capability.claims))

    def passages(self) -> list[Passage]:
        """Everything it says, each with its source."""
        claims = [Passage(c.text, "claim", self.id, c.year, c.proof, c.verified, self.title) for c in self.claims]
        return capability_passages(self.id, self.title, self.summary) + claims


@dataclass(frozen=True)
class Written:
    """Everything a candidate has published, in order of id."""

    capabilities: tuple[Said, ...]

    @functools.cached_property
    def passages(self) -> list[Passage]:
        return [passage for said in self.capabilities for passage in said.passages()]

    @functools.cached_property
    def digest(self) -> bytes:
        """The same for the same words and facts alone: a letter or a verified proof makes another."""
        return hashlib.blake2b(repr(self.capabilities).encode("utf-8", "backslashreplace"), digest_size=16).digest()


NOTHING = Written(())


def passages_of(capability: Capability) -> list[Passage]:
    """Everything a capability says, each with its source."""
    return Said.of(capability).passages()


def read_written(session: Session, experts: Collection[UUID], alone: Collection[UUID] = ()) -> dict[str, Written]:
    """By candidate key (hex): what these experts published, and these capabilities that have no expert."""
    found: dict[str, list[Said]] = {}
    for where in (*_batches(Capability.expert_id, experts),
                  *_batches(Capability.id, alone, Capability.expert_id.is_(None))):
        rows = session.execute(select(hexed(Capability.id), hexed(Capability.expert_id), Capability.title,
                                      Capability.summary).where(Capability.status == CapabilityStatus.published, *where)
                               .order_by(Capability.id)).all()
        claims = _claims(session, [key for key, *_ in rows])
        for key, expert, title, summary in rows:
            found.setdefault(expert or key, []).append(Said(key, title, summary, tuple(claims.get(key, ()))))
    return {key: Written(tuple(said)) for key, said in found.items()}


def _batches(column, ids: Collection[UUID], *more: ColumnElement[bool]) -> Iterator[tuple[ColumnElement[bool], ...]]:
    wanted = sorted(ids)
    for at in range(0, len(wanted), BATCH):
        yield column.in_(wanted[at:at + BATCH]), *more


def _claims(session: Session, capabilities: Sequence[str]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for at in range(0, len(capabilities), BATCH):
        some = [UUID(key) for key in capabilities[at:at + BATCH]]
        rows = session.execute(select(hexed(CapabilityClaim.capability_id), CapabilityClaim.text, CapabilityClaim.year,
                                      CapabilityClaim.proof, CapabilityClaim.verified)
                               .where(CapabilityClaim.capability_id.in_(some)).order_by(CapabilityClaim.position))
        for key, text, year, proof, verified in rows:
            found.setdefault(key, []).append(Claim(text, year, proof.value, verified))
    return found
