"""One document's table against its repair: which line breaks were joined rightly, which words came out right."""

from dataclasses import dataclass, field

from ingestion.repair.layout import lines_of
from ingestion.repair.repaired import Repaired


@dataclass
class Score:
    """Line breaks of the original: `joins` that should go, of them `found`, and `wrong` ones that should have stayed.

    `facts` are the words, suggestions, losses and table rows that the table names; `missed` those that are not so.
    """

    joins: int = 0
    found: int = 0
    wrong: list[str] = field(default_factory=list)
    facts: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        joined = self.found + len(self.wrong)
        return self.found / joined if joined else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.joins if self.joins else 1.0


def score(table: dict, repaired: Repaired) -> Score:
    result = Score()
    _breaks(table["openings"], repaired, result)
    for kind, held in (("没有写出", _held(table, repaired)), ("没有去掉", _gone(table, repaired)),
                       ("没有提出", _suggested(table, repaired)), ("没有标出", _lost(table, repaired)),
                       ("没有拼出", _tables(table, repaired))):
        result.facts += len(held)
        result.missed += [f"{kind} {name}" for name, right in held.items() if not right]
    return result


def _breaks(openings: list[str], repaired: Repaired, result: Score) -> None:
    """Each line of the original that is left in the clean text: does it begin a paragraph there, and should it?"""
    wanted = iter(openings)
    opening = next(wanted)
    for line in lines_of(repaired.original):
        place, end = repaired.clean(line.start, line.end)
        if not repaired.text[place:end].strip():
            continue
        opens = repaired.text.startswith(opening, place)
        stands = not repaired.text[:place].rpartition("\n")[2].strip()
        if opens:
            opening = next(wanted, "\0")
        result.joins += not opens
        result.found += not opens and not stands
        if opens and not stands:
            result.wrong.append(line.text[:20])
        elif not opens and stands:
            result.missed.append(f"没有接上 {line.text[:20]}")
    if opening != "\0":
        result.missed.append(f"没有找到段首 {opening}")


def _held(table: dict, repaired: Repaired) -> dict[str, bool]:
    return {words: words in repaired.text for words in table["holds"]}


def _gone(table: dict, repaired: Repaired) -> dict[str, bool]:
    return {repr(words): words not in repaired.text for words in table["gone"]}


def _suggested(table: dict, repaired: Repaired) -> dict[str, bool]:
    """Every suggestion that should be made, and one more fact: that there is none beside them."""
    made = {f"{one.before}→{one.after}" for one in repaired.suggestions if one.before != "."}
    held = {words: words in made for words in table["suggested"]}
    return held | {f"别的建议 {made - set(held)}": made <= set(held)}


def _lost(table: dict, repaired: Repaired) -> dict[str, bool]:
    """The lost places by the characters before (or at) them, and that there are no others."""
    around = [repaired.original[max(0, one.start - 1):one.end] for one in repaired.lost]
    held = {words: any(words in place for place in around) for words in table["lost"]}
    return held | {f"别的缺字 {len(around)}": len(around) == len(held)}


def _tables(table: dict, repaired: Repaired) -> dict[str, bool]:
    """Rows: each wanted cell is the end of, or is, a cell of one rebuilt row."""
    rows = [[cell.text for cell in row] for one in repaired.tables for row in one.rows]
    return {" | ".join(wanted): any(all(any(cell == text or text and cell.endswith(text) for cell in row)
                                        for text in wanted) for row in rows) for wanted in table["tables"]}
