"""What an entry must carry and what is still missing, each item with its clause (三（一） of the founding notice)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contests.definition import Track
from contests.parts import Material
from models.contests import Entry, Evidence, EvidenceStatus

REPORT_LENGTH = 100
"""The fewest characters that pass for a work report; a shorter one is a slip of the keyboard."""


@dataclass(frozen=True)
class Item:
    """One material. `gap` says what is missing, empty when it is there; `blocks`: it must be there to submit online.

    What does not block is paper: it is seen at the window, before or after.
    """

    material: Material
    name: str
    gap: str
    blocks: bool

    @property
    def done(self) -> bool:
        return not self.gap


def checklist(entry: Entry, track: Track, year: int) -> list[Item]:
    """Every material of the group in its order."""
    return [_item(material, entry, year) for material in track.materials]


def _item(material: Material, entry: Entry, year: int) -> Item:
    gap, blocks = CHECKS[material.kind]
    return Item(material, material.name.format(year=year), gap(material, entry), blocks)


def _signed_form(material: Material, entry: Entry) -> str:
    if entry.paper_received_on is not None or _uploaded(material, entry):
        return ""
    return "打印两份，签字后交到窗口，或上传签好字的扫描件"


def _original(material: Material, entry: Entry) -> str:
    unseen = [row for row in entry.evidence if row.status is not EvidenceStatus.verified]
    if not entry.evidence:
        return "还没有合同"
    return f"还有 {len(unseen)} 份合同的原件没有核过，请带到窗口：{_numbers(unseen)}" if unseen else ""


def _copy(material: Material, entry: Entry) -> str:
    """Every contract was recorded with its scan, so only an entry without contracts lacks a copy."""
    return "" if entry.evidence else "还没有合同扫描件"


def _report(material: Material, entry: Entry) -> str:
    if len(entry.summary.strip()) >= REPORT_LENGTH or _uploaded(material, entry):
        return ""
    return f"写一份工作情况报告（至少 {REPORT_LENGTH} 字），或上传文件"


def _file(material: Material, entry: Entry) -> str:
    return "" if _uploaded(material, entry) else "上传文件"


def _uploaded(material: Material, entry: Entry) -> bool:
    return any(one.code == material.code and one.file_id is not None for one in entry.materials)


def _numbers(rows: Sequence[Evidence]) -> str:
    return "、".join(row.contract.revision.contract_number for row in rows)


CHECKS: dict[str, tuple[Callable[[Material, Entry], str], bool]] = {
    "signed_form": (_signed_form, False),
    "contract_original": (_original, False),
    "contract_copy": (_copy, True),
    "report": (_report, True),
    "letter": (_file, True),
    "file": (_file, True),
}
"""Kind of material → (what is missing, whether that keeps the entry from being submitted online)."""
