"""A list as the sheet its reader takes along: the rows they see, in the shape that imports again."""

from collections.abc import Callable
from typing import Any

from flask import Response

from ingestion.sheets import exporting
from ingestion.sheets.fields import KIND_NAMES
from models.base import today
from models.sheets import SheetKind
from web.downloads import attachment
from web.sessions import db, pause
from web.sheets import XLSX


def as_sheet(kind: SheetKind, *only: exporting.Only, write: exporting.Write | None = None) -> Response:
    """The rows that `only` leaves, as a download. `write` is given where the reader may not see all of a row."""
    lines = list(exporting.rows(db(), kind, *only, write=write))
    pause()
    return attachment(exporting.workbook(kind, lines), f"{KIND_NAMES[kind]}-{today().isoformat()}.xlsx", XLSX)


def among(ids: Any) -> Callable[[Any], Any]:
    """Exactly the rows whose ids a list has found."""
    wanted = list(ids)
    return lambda table: table.id.in_(wanted)
