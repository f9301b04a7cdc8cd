"""The two places where sheets come in: the staff's, whose rows become postings, and a member's, whose become drafts."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from ingestion.sheets.seen import own_batch, shared_batch
from models.sheets import SheetBatch
from web.identity import me
from web.sessions import db


@dataclass(frozen=True)
class Place:
    """`prefix` of its endpoints; `find` gives the batch of an address, or NotFound for whoever may not see it."""

    prefix: str
    layout: str
    find: Callable[[uuid.UUID], SheetBatch]

    def endpoint(self, name: str) -> str:
        return f"{self.prefix}.{name}"


STAFF = Place("imports", "layouts/staff.html", lambda batch_id: shared_batch(db(), batch_id))
OWN = Place("uploads", "layouts/desk.html", lambda batch_id: own_batch(db(), me(), batch_id))
