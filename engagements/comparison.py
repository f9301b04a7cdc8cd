"""Claim beside contract: one row a fact, the doubtful first. Each doubtful row needs a person's opinion."""

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

from engagements.contract_terms import TYPE_NAMES, normal_name
from engagements.paper.found import Found
from engagements.paper.reading import Reading, read
from engagements.scan_text import Box, ScanText
from models.contracts import Contract, ContractRevision, normal_number
from models.money import wan

QUOTE = 30
CLOSE = 0.5
"""From this overlap on, two names say the same thing in other words."""


class Verdict(enum.StrEnum):
    agree = "agree"
    close = "close"
    look = "look"
    absent = "absent"


VERDICT_NAMES = {Verdict.agree: "一致", Verdict.close: "相近", Verdict.look: "需要您看", Verdict.absent: "未提到"}
DOUBTFUL = (Verdict.look, Verdict.absent)


@dataclass(frozen=True)
class Row:
    """One fact: what the two sides recorded, what the paper says, and whether they meet."""

    item: str
    label: str
    claimed: str
    written: str
    verdict: Verdict
    note: str
    boxes: tuple[Box, ...] = ()
    quote: tuple[str, str, str] = ("", "", "")
    """The line of the contract around what was read: before it, itself, after it."""

    @property
    def doubtful(self) -> bool:
        return self.verdict in DOUBTFUL


def compare(contract: Contract, scan: ScanText) -> list[Row]:
    """The rows for a contract's present revision beside its scan; doubtful ones first, else in fixed order."""
    revision = contract.revision
    if not scan.readable:
        rows = [Row(item, label, claimed, "", Verdict.look, "扫描件没有文字层，请对着图看")
                for item, label, claimed in _claims(contract, revision)]
    else:
        reading = read(scan.text)
        rows = [_party_b(contract, revision, reading, scan), _demand(contract, revision, reading, scan),
                _party_a(revision, reading, scan), _number(revision, reading, scan), _amount(revision, reading, scan),
                _day(revision, reading, scan), _name(revision, reading, scan), _type(revision, reading, scan),
                *_term(revision, reading, scan)]
    rows.append(Row("seal", "印章", "双方已盖章", "", Verdict.look, "系统读不出印章，请看章名是否和双方一致"))
    return sorted(rows, key=lambda row: not row.doubtful)


def doubtful(rows: Iterable[Row]) -> list[Row]:
    return [row for row in rows if row.doubtful]


def overlap(one: str, other: str) -> float:
    """Dice coefficient of the sets of character bigrams, 0 to 1."""
    first, second = _bigrams(one), _bigrams(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _bigrams(text: str) -> set[str]:
    plain = normal_name(text)
    return {plain[index:index + 2] for index in range(len(plain) - 1)}


def _claims(contract: Contract, revision: ContractRevision) -> list[tuple[str, str, str]]:
    return [("party_b", "乙方", _who(contract, revision)),
            ("demand", "对应需求", contract.engagement.demand.number or ""),
            ("party_a", "甲方", revision.party_a),
            ("number", "合同编号", revision.contract_number),
            ("amount", "合同金额", f"{wan(revision.amount)} 万元"),
            ("signed_on", "签订日期", revision.signed_on.isoformat()),
            ("name", "合同名称", revision.name),
            ("type", "合同类型", TYPE_NAMES[revision.type])]


def _who(contract: Contract, revision: ContractRevision) -> str:
    expert = contract.engagement.expert.name
    return revision.party_b if expert in revision.party_b else f"{expert}（{revision.party_b}）"


def _row(item: str, label: str, claimed: str, found: Found | None, scan: ScanText, verdict: Verdict, note: str) -> Row:
    if found is None:
        return Row(item, label, claimed, "没有找到", Verdict.look, note or "请在扫描件里找这一项")
    return Row(item, label, claimed, found.written, verdict, note or scan.where(found.start),
               scan.place(found.start, found.end), quoted(scan.text, found))


def quoted(text: str, found: Found) -> tuple[str, str, str]:
    """The line in which a value stands, cut in three around it, at most QUOTE characters to either side."""
    start = max(text.rfind("\n", 0, found.start) + 1, found.start - QUOTE)
    end = text.find("\n", found.end)
    end = min(len(text) if end < 0 else end, found.end + QUOTE)
    return (text[start:found.start].replace("\t", "　").lstrip(), text[found.start:found.end].replace("\n", ""),
            text[found.end:end].replace("\t", "　").rstrip())


def _party_a(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    found = reading.party_a
    same = found is not None and normal_name(found.written) == normal_name(revision.party_a)
    return _row("party_a", "甲方", revision.party_a, found, scan, Verdict.agree if same else Verdict.look,
                "" if same or found is None else "和登记的名称不一样")


def _party_b(contract: Contract, revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    """The paper names the expert's employer as a rule: then the leader it names must be the expert."""
    found, claimed, expert = reading.party_b, _who(contract, revision), contract.engagement.expert.name
    if found is None:
        return _row("party_b", "乙方", claimed, None, scan, Verdict.look, "")
    written = normal_name(found.written)
    leader = reading.leader is not None and normal_name(reading.leader.written) == normal_name(expert)
    if normal_name(revision.party_b) not in written and written != normal_name(expert):
        return _row("party_b", "乙方", claimed, found, scan, Verdict.look, "和登记的名称不一样")
    if leader or normal_name(expert) in written:
        note = f"负责人写的是{expert}" if leader else ""
        return _row("party_b", "乙方", claimed, found, scan, Verdict.agree, note)
    return _row("party_b", "乙方", claimed, found, scan, Verdict.look, f"合同乙方是单位，没写{expert}是负责人")


def _demand(contract: Contract, revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    demand, found = contract.engagement.demand, reading.demand_number
    if found is not None:
        same = found.written == demand.number
        return _row("demand", "对应需求", demand.number or "", found, scan, Verdict.agree if same else Verdict.look,
                    "" if same else "写的是另一条需求")
    note = f"合同名称和需求标题重合 {overlap(revision.name, demand.title):.0%}"
    return Row("demand", "对应需求", demand.number or "", "未写编号", Verdict.absent, note)


def _number(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    found = reading.contract_number
    same = found is not None and normal_number(found.written) == normal_number(revision.contract_number)
    return _row("number", "合同编号", revision.contract_number, found, scan, Verdict.agree if same else Verdict.look,
                "" if same or found is None else "和登记的编号不一样")


def _amount(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    """The total that the paper names, held against the claim; figures against capital numerals where both stand."""
    claimed, price = f"{wan(revision.amount)} 万元", reading.price
    if price is not None and price.amount == revision.amount:
        note = "大写、小写也一致" if price.words and price.figures else ""
        return _row("amount", "合同金额", claimed, price, scan, Verdict.agree, note)
    if price is not None and price.differs:
        return _row("amount", "合同金额", claimed, price, scan, Verdict.look, "大写和小写不一样")
    part = next((one for one in reading.sums if one.amount == revision.amount), None)
    if part is not None:
        note = "登记的是其中一笔，不是总额" if price else "登记的是其中一笔，合同上没有找到总额"
        return _row("amount", "合同金额", claimed, price or part, scan, Verdict.look, note)
    shown = price or next(iter(reading.sums), None)
    return _row("amount", "合同金额", claimed, shown, scan, Verdict.look, "没有一处和登记的金额相同" if shown else "")


def _day(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    claimed = revision.signed_on.isoformat()
    if reading.signed_on == revision.signed_on:
        return _row("signed_on", "签订日期", claimed, reading.signed, scan, Verdict.agree, "")
    note = "" if reading.signed is None else "和登记的日期不一样" if reading.signed_on else "没有这一天，请看原件"
    return _row("signed_on", "签订日期", claimed, reading.signed, scan, Verdict.look, note)


def _type(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    claimed = TYPE_NAMES[revision.type]
    same = reading.type is revision.type
    return _row("type", "合同类型", claimed, reading.kind, scan, Verdict.agree if same else Verdict.look,
                "" if same or reading.kind is None else "和登记的类型不一样")


def _term(revision: ContractRevision, reading: Reading, scan: ScanText) -> list[Row]:
    """The days of the contract's term, where the two sides recorded any."""
    claimed = " 至 ".join(day.isoformat() if day else "…" for day in (revision.starts_on, revision.ends_on))
    if revision.starts_on is None and revision.ends_on is None:
        return []
    found = reading.term
    written = (found.starts_on, found.ends_on) if found else (None, None)
    same = all(one is None or one == other for one, other in zip((revision.starts_on, revision.ends_on), written,
                                                                 strict=True))
    return [_row("term", "合同期限", claimed, found, scan, Verdict.agree if same else Verdict.look,
                 "" if same or found is None else "和登记的期限不一样")]


def _anywhere(words: str, scan: ScanText) -> Found | None:
    """The first place where the words stand in the text, whatever the spaces and line breaks between them."""
    pattern = r"\s*".join(re.escape(char) for char in words if not char.isspace())
    match = re.search(pattern, scan.text)
    return Found("".join(match[0].split("\n")), *match.span()) if match else None


def _name(revision: ContractRevision, reading: Reading, scan: ScanText) -> Row:
    found = reading.name or _anywhere(revision.name, scan)
    if found is None:
        return _row("name", "合同名称", revision.name, None, scan, Verdict.look, "")
    if normal_name(found.written) == normal_name(revision.name):
        return _row("name", "合同名称", revision.name, found, scan, Verdict.agree, "")
    if overlap(found.written, revision.name) >= CLOSE or normal_name(revision.name) in normal_name(found.written):
        return _row("name", "合同名称", revision.name, found, scan, Verdict.close, "同一件事，说法不同")
    return _row("name", "合同名称", revision.name, found, scan, Verdict.look, "和登记的名称差得多")
