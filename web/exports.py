"""Every download of the site, and whether it is data that imports again: the one list that tests go through.

A new download without a line here fails tests/functional/test_every_export.py. docs/decisions/exports.md says why.
"""

import enum
from dataclasses import dataclass

from models.sheets import SheetKind


class Nature(enum.StrEnum):
    data = "data"
    """A list of rows. It imports again: into the same city without a change, into an empty one as it was."""
    definition = "definition"
    """A file that is read again by a command of its own."""
    evidence = "evidence"
    """Sealed or signed: it is verified, never imported. A copy brought in would be worth nothing."""
    figures = "figures"
    """Computed from the rows whenever it is asked for: importing it would be a second, older truth."""
    paper = "paper"
    """Made to be printed or handed on."""
    upload = "upload"
    """A file that somebody uploaded, given back as it was or with its mistakes marked."""
    copy = "copy"
    """What the platform holds on one person, for them (PIPL art. 45)."""


@dataclass(frozen=True)
class Export:
    """`kind`: the import that reads it again, for what comes out in sheets."""

    nature: Nature
    kind: SheetKind | None = None


def _data(kind: SheetKind) -> Export:
    return Export(Nature.data, kind)


EXPORTS: dict[str, Export] = {
    "imports.export": Export(Nature.data),
    "own_sheets.demands": _data(SheetKind.demand),
    "own_sheets.capabilities": _data(SheetKind.capability),
    "demands.export": _data(SheetKind.demand),
    "diagnosis.export": _data(SheetKind.demand),
    "experts.export": _data(SheetKind.expert),
    "events.export": _data(SheetKind.activity),
    "members.export": _data(SheetKind.member),
    "interests.export": _data(SheetKind.conflict),
    "engagements.export": _data(SheetKind.engagement),
    "contracts.export": _data(SheetKind.contract),
    "thesaurus.export": Export(Nature.data),
    "incoming.definition": Export(Nature.definition),
    "imports.errors": Export(Nature.upload),
    "uploads.errors": Export(Nature.upload),
    "uploads.template": Export(Nature.paper),
    "entries.dossier": Export(Nature.evidence),
    "ledger.receipt": Export(Nature.evidence),
    "seasons.roster": Export(Nature.evidence),
    "publication.export": Export(Nature.evidence),
    "publication.nominated": Export(Nature.evidence),
    "publication.minutes": Export(Nature.evidence),
    "committees.paper": Export(Nature.evidence),
    "certificates.pdf": Export(Nature.evidence),
    "notices.pdf": Export(Nature.evidence),
    "notices.docx": Export(Nature.evidence),
    "board.export": Export(Nature.figures),
    "board.export_rows": Export(Nature.figures),
    "gaps.export": Export(Nature.figures),
    "meetings.xlsx": Export(Nature.paper),
    "meetings.pdf": Export(Nature.paper),
    "entries.pdf": Export(Nature.paper),
    "entries.docx": Export(Nature.paper),
    "api_entries.form": Export(Nature.paper),
    "openapi.spec": Export(Nature.paper),
    "contracts.page": Export(Nature.upload),
    "contracts.scan": Export(Nature.upload),
    "demands.file": Export(Nature.upload),
    "entries.material": Export(Nature.upload),
    "reviews.material": Export(Nature.upload),
    "objections.file": Export(Nature.upload),
    "accounts.data": Export(Nature.copy),
}
