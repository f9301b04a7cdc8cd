"""Match blocks: what was asked beside what the other side wrote, cut into the pieces that macros/match.html draws."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flask_babel import gettext as _

from matching.arranging import Note
from matching.candidates import Excluded
from matching.reasons.targets import Fit, Passage, TargetReason, Verdict
from matching.recommend import Match
from models.capabilities import ProofKind
from web import names

FINDING = {Verdict.covered: "covered", Verdict.partly: "partial", Verdict.not_mentioned: "missing"}
FIT = {Fit.good: "good", Fit.partial: "part", Fit.none: ""}


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `mark` is the number of the phrase that met, 0 for none."""

    text: str
    mark: int = 0


@dataclass(frozen=True)
class Quote:
    pieces: list[Piece]
    source: str


@dataclass(frozen=True)
class Row:
    """One requirement, in the demand's order; uncovered ones stay."""

    number: int
    ask: list[Piece]
    required: bool
    quotes: list[Quote]
    finding: str


@dataclass(frozen=True)
class Block:
    """One pairing. The people's part is empty where the reader looks at their own."""

    verdict: str
    cells: list[str]
    sentence: str
    rows: list[Row]
    name: str = ""
    url: str = ""
    title: str = ""
    place: str = ""
    capacity: str = ""
    tags: list[tuple[str, str, str | None]] = field(default_factory=list)
    key: dict[str, str] = field(default_factory=dict)
    """The hidden fields that name the other side in a form: expert_id or capability_id."""
    note: str = ""
    """Why it stands in this place, where that is not the match alone."""


def block(fit: Fit, reasons: Sequence[TargetReason], **who) -> Block:
    rows = [row(number, reason) for number, reason in enumerate(reasons, 1)]
    return Block(FIT[fit], [one.finding for one in rows], sentence(rows), rows, **who)


def standing(match: Match) -> str:
    """已满，排在有空的人后面；新来的，往前放了一两位；同单位还有 2 人在后面."""
    words = {Note.full: _("已满：手上的项目到了自己定的上限，排在同样对得上、还有空的人后面"),
             Note.new: _("新登记的本领，还没什么人看过，在条件相当的人里往前放了一两位"),
             Note.others_behind: _("同单位还有 %(n)s 人也对得上，排在后面", n=match.behind)}
    return _("；").join(words[note] for note in match.notes)


def left_out(excluded: Iterable[Excluded]) -> list[str]:
    """没有列出来的人, by reason: how many, never who declared what."""
    words = {"same_organisation": _("和需求方同一个单位的 %(n)s 人"), "dismissed": _("已经标过“不合适”的 %(n)s 人"),
             "declared_conflict": _("申报过利益冲突、需要回避的 %(n)s 人"), "at_capacity": _("手上已满的 %(n)s 人（您只看有空的）")}
    numbers = Counter(one.reason for one in excluded)
    return [words[reason] % {"n": numbers[reason]} for reason in words if numbers[reason]]


def row(number: int, reason: TargetReason) -> Row:
    asked = pieces(reason.target.text, [(phrase.demand_span, phrase.number) for phrase in reason.phrases])
    quotes = []
    if reason.passage:
        said = pieces(reason.passage.text, [(phrase.passage_span, phrase.number) for phrase in reason.phrases])
        quotes = [Quote(said, source(reason.passage))]
    return Row(number, asked, reason.target.required, quotes, FINDING[reason.verdict])


def pieces(text: str, spans: Iterable[tuple[tuple[int, int], int]]) -> list[Piece]:
    """`text` cut at the spans [start, end) of its marked phrases. An overlapping span is left unmarked."""
    found, at = [], 0
    for (start, end), number in sorted(spans):
        if start < at or end <= start:
            continue
        found += [Piece(text[at:start])] * (start > at) + [Piece(text[start:end], number)]
        at = end
    return found + [Piece(text[at:])] * (at < len(text))


def source(passage: Passage) -> str:
    """Where a quote stands and whether staff saw its proof: 合同 2024，原件已核."""
    proof = str(names.PROOF[ProofKind(passage.proof)]) if passage.proof else ""
    where = " ".join(filter(None, (proof, str(passage.year or ""))))
    checked = _("已核") if passage.verified else _("未核") if proof else ""
    return _("，").join(filter(None, (where, checked)))


def sentence(rows: Sequence[Row]) -> str:
    """必须的 3 项都对上，最好有的 1 项没提到 / 必须的 3 项：对上 1、部分 1、没提到 1."""
    must = [one.finding for one in rows if one.required]
    nice = [one.finding for one in rows if not one.required]
    parts = [_summary(_("必须的"), must), _summary(_("最好有的"), nice)]
    return _("，").join(filter(None, parts))


def _summary(what: str, findings: list[str]) -> str:
    if not findings:
        return ""
    number = len(findings)
    words = {"covered": _("对上"), "partial": _("部分对上"), "missing": _("没提到")}
    kinds = [kind for kind in words if kind in findings]
    if len(kinds) == 1:
        both = _("%(what)s %(number)s 项%(word)s") if number == 1 else _("%(what)s %(number)s 项都%(word)s")
        return both % {"what": what, "number": number, "word": words[kinds[0]]}
    return _("%(what)s %(number)s 项：", what=what, number=number) + _("、").join(
        f"{words[kind]} {findings.count(kind)}" for kind in kinds)
