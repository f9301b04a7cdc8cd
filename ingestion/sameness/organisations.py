"""Whether two names are of one organisation: place, legal form, brackets and a school's faculty make no difference."""

import re
import unicodedata
import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ingestion.firm_names import without_place
from ingestion.organisations import bare_name
from ingestion.validation import CONTROL
from models.accounts import Organisation
from models.sameness import Merged, RecordMerge

WITHIN = re.compile(r"(?:学院|学部|系|研究所|研究院|实验室|中心|处|部|分公司|分厂)$")
SCHOOL = re.compile(r"大学|学院|研究院|研究所")
LEAST = 4
"""Characters that a name must have beyond its place to be known again inside a longer one."""
LONGEST_PLACE = 4
LOOKED_AT = 200


def core(name: str) -> str:
    """海 岬渔具有限公司（本部） → 海岬渔具: without brackets, blanks, legal form and known place."""
    return without_place(bare_name(unicodedata.normalize("NFKC", name).strip()))


def alike(one: str, other: str) -> bool:
    """Whether two names are of one organisation, as far as names tell. One character of difference is another firm."""
    first, second = sorted((core(one), core(other)), key=len)
    if len(first) < 2:
        return False
    if first == second:
        return True
    if SCHOOL.search(first) and second.startswith(first):
        return bool(WITHIN.search(second))
    return len(first) >= LEAST and second.endswith(first) and len(second) - len(first) <= LONGEST_PLACE


def similar(session: Session, name: str, besides: uuid.UUID | None = None) -> list[Organisation]:
    """Organisations that may be the one of this name, merged ones left out, by name."""
    plain = core(name)
    if len(plain) < 2 or CONTROL.search(name):  # the form says what is wrong with it
        return []
    parts = {plain[:2], plain[:4], plain[-LEAST:]}
    merged = select(RecordMerge.merged_id).where(RecordMerge.kind == Merged.organisation)
    found = session.scalars(
        select(Organisation).where(or_(*(Organisation.name.contains(part, autoescape=True) for part in sorted(parts))),
                                   Organisation.id.not_in(merged)).order_by(Organisation.name).limit(LOOKED_AT))
    return [one for one in found if one.id != besides and alike(name, one.name)]

