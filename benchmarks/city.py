"""A city of generated postings in a database, for what is measured through the whole product: rows, vectors, logins."""

import contextlib
import datetime as dt
import hashlib
import os
import pathlib
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.corpus import Corpus, generate
from matching.encoders.embedding import load_encoder
from matching.ranking import Posting
from matching.vectors import content_hash, write_snapshot
from models.accounts import (
    Admission,
    ApiToken,
    Expert,
    ExpertKind,
    Organisation,
    OrganisationKind,
    Role,
    RoleGrant,
    User,
)
from models.base import now
from models.capabilities import Capability
from models.database import Database
from models.demands import Demand, DemandStatus, DemandTarget
from models.index import IndexClock, PostingKind, PostingVector
from models.migrate import upgrade
from settings import Settings

DEMANDS, TARGETS, EACH, EMPLOYERS = 60, 3, 5, 50
"""Open demands, targets of one, capabilities of one expert, universities."""
DISTRICTS = ("371002", "371003", "371082", "371083")
TOKEN = "a token that opens a benchmark's own database"
BATCH = 5_000


@dataclass(frozen=True)
class City:
    settings: Settings
    database: Database
    corpus: Corpus
    demands: list[uuid.UUID]

    def environment(self) -> dict[str, str]:
        """What a process of the product needs to work on this city. Rate limits off: a benchmark asks too often."""
        return {**os.environ, "JIEBANG_DATA_DIR": str(self.settings.data_dir), "JIEBANG_RATE_LIMITS": "false",
                "JIEBANG_LOG_LEVEL": "ERROR", "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}

    @contextlib.contextmanager
    def running(self, command: Sequence[str]) -> Iterator[None]:
        process = subprocess.Popen(command, env=self.environment())
        try:
            yield
        finally:
            process.terminate()
            process.wait(30)


@contextlib.contextmanager
def city(size: int, kind: str) -> Iterator[City]:
    """SQLite in a temporary folder: `size` capabilities with their experts, DEMANDS demands, one member of staff.

    The vectors are generated at the shipped encoder's width: encoding is not what is measured here.
    """
    encoder = load_encoder(light=True)
    corpus = generate(size + DEMANDS, kind, dimensions=encoder.dimensions, queries=200)
    with tempfile.TemporaryDirectory(prefix="jiebang-benchmark-") as name:
        settings = Settings(_env_file=None, data_dir=pathlib.Path(name), rate_limits=False)
        database = Database.connect(settings.database)
        upgrade(database.engine)
        with database.write() as session:
            people(session, size // EACH + 1)
            demands = postings(session, corpus, size, encoder.name)
        for posting_kind in PostingKind:
            write_snapshot(database.read, encoder, posting_kind, settings.index_folder)
        yield City(settings, database, corpus, demands)
        database.engine.dispose()


def key(what: str, number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {number}")


def put(session: Session, table: type, rows: Iterator[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            session.execute(insert(table), batch)
            batch = []
    if batch:
        session.execute(insert(table), batch)


def people(session: Session, experts: int) -> None:
    """Universities, the experts in them with their logins, and number 0: the member of staff who holds TOKEN."""
    put(session, Organisation, ({"id": key("organisation", n), "kind": OrganisationKind.university, "name": f"{n} 号大学",
                                 "status": Admission.approved} for n in range(EMPLOYERS)))
    put(session, User, ({"id": key("user", n), "email": f"{n}@jiebang.example", "phone": f"199{n:08d}",
                         "name": f"{n} 号", "password_hash": "-"} for n in range(experts + 1)))
    put(session, RoleGrant, ({"id": key("grant", n), "user_id": key("user", n), "status": Admission.approved,
                              "role": Role.expert if n else Role.staff,
                              "organisation_id": key("organisation", n % EMPLOYERS)} for n in range(experts + 1)))
    put(session, Expert, ({"id": key("expert", n), "user_id": key("user", n + 1), "name": f"{n} 号",
                           "organisation_id": key("organisation", n % EMPLOYERS), "kind": ExpertKind.university,
                           "district_code": DISTRICTS[n % len(DISTRICTS)]} for n in range(experts)))
    session.add(ApiToken(user_id=key("user", 0), digest=hashlib.sha256(TOKEN.encode()).hexdigest(),
                         expires_at=now() + dt.timedelta(days=1)))


def postings(session: Session, corpus: Corpus, size: int, encoder: str) -> list[uuid.UUID]:
    """The first `size` texts as capabilities, the rest as demands whose targets are pieces of their text; their ids."""
    texts = list(zip(corpus.titles, corpus.bodies, strict=True))
    put(session, Capability, ({"id": key("capability", n), "expert_id": key("expert", n // EACH), "title": title,
                               "summary": body} for n, (title, body) in enumerate(texts[:size])))
    put(session, Demand, ({"id": key("demand", n), "title": title, "problem": body, "status": DemandStatus.published,
                           "published_at": now()} for n, (title, body) in enumerate(texts[size:])))
    put(session, DemandTarget, ({"id": key(f"target {part}", n), "demand_id": key("demand", n), "position": part,
                                 "what": body[16 * part:16 * part + 16]}
                                for n, (_, body) in enumerate(texts[size:]) for part in range(TARGETS)))
    vectors(session, PostingKind.capability, encoder, texts[:size], corpus.vectors[:size],
            lambda n: key("capability", n))
    vectors(session, PostingKind.demand, encoder, texts[size:], corpus.vectors[size:], lambda n: key("demand", n))
    return [key("demand", n) for n in range(len(texts) - size)]


def vectors(session: Session, kind: PostingKind, encoder: str, texts: list[tuple[str, str]], rows: np.ndarray,
            named: Callable[[int], uuid.UUID]) -> None:
    put(session, PostingVector, (
        {"kind": kind, "posting_id": named(n), "encoder": encoder, "live": True, "seq": n + 1,
         "content_hash": content_hash(Posting("", *text)), "vector": row.astype("<f4").tobytes()}
        for n, (text, row) in enumerate(zip(texts, rows, strict=True))))
    session.add(IndexClock(kind=kind, seq=len(texts)))
