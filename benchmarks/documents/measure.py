"""Facts read held against the truth, for each kind of document: right, wrong, missed, invented."""

import functools
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benchmarks.documents.samples import FOLDER, Sample, samples
from engagements.paper.reading import read as read_contract
from ingestion.documents.demand_drafts import read_demand
from ingestion.documents.document import Document
from ingestion.documents.people import read_person
from ingestion.sameness.organisations import alike
from matching.encoders.embedding import load_encoder
from matching.likeness import SAME_CAPABILITY, SAME_PROBLEM, likeness


@dataclass
class Count:
    """`found` facts of the truth are right or wrong; `invented` are facts the document does not state."""

    outcomes: Counter = field(default_factory=Counter)
    slips: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.outcomes[one] for one in ("right", "wrong", "missed"))

    @property
    def share(self) -> float:
        return self.outcomes["right"] / self.total if self.total else 1.0


def contract_facts(document: Document) -> dict:
    """What the contract's reader says, in the words of the truth table."""
    reading = read_contract(document.text)
    facts = {name: found.written if (found := getattr(reading, name)) else None
             for name in ("party_a", "party_b", "contract_number", "name")}
    facts |= {"type": reading.type and reading.type.value, "signed_on": reading.signed_on and str(reading.signed_on)}
    if reading.price is not None:
        facts |= {"amount": reading.price.amount, "amount_differs": reading.price.differs or None}
    if reading.term is not None:
        facts |= {"starts_on": reading.term.starts_on and str(reading.term.starts_on), "months": reading.term.months,
                  "ends_on": reading.term.ends_on and str(reading.term.ends_on)}
    return facts


def person_facts(document: Document) -> dict:
    """What the CV's reader says."""
    person = read_person(document)
    facts = {name: found.text if (found := getattr(person, name)) else None
             for name in ("name", "title", "field", "organisation", "degree", "phone", "email")}
    return facts | {f"{kind}s": [item.title for item in person.items if item.kind == kind]
                    for kind in ("paper", "patent", "project")}


def demand_facts(document: Document) -> dict:
    """What the reader of demand forms says."""
    draft = read_demand(document)
    facts = {name: found.text if (found := getattr(draft, name)) else None
             for name in ("organisation", "title", "problem", "tried", "phone", "email")}
    return facts | {
        "targets": [target.text for target in draft.targets], "budget_min": draft.budget_min,
        "budget_max": draft.budget_max, "deadline": draft.deadline_on and str(draft.deadline_on),
        "cooperation_type": draft.cooperation_type and draft.cooperation_type.value}


READERS: dict[str, Callable[[Document], dict]] = {
    "contracts": contract_facts, "people": person_facts, "demands": demand_facts}


def measure(kind: str) -> dict[bool, Count]:
    """Counts over the tuned half (False) and the held-out half (True) of the samples of one kind."""
    counts = {False: Count(), True: Count()}
    for sample in samples(kind):
        _count(counts[sample.held_out], sample, READERS[kind](sample.document))
    return counts


def _count(count: Count, sample: Sample, facts: dict) -> None:
    for name, true, said in _pairs(sample.truth, facts):
        outcome = _judge(true, said)
        count.outcomes[outcome] += 1
        if outcome != "right":
            count.slips.append(f"{sample.id} {name}: {outcome}, {said!r} for {true!r}")


def _pairs(truth: dict, facts: dict) -> Iterator[tuple[str, object, object]]:
    """(name, true value, said value) of each fact; each entry of a list is a fact, held against its like."""
    for name in sorted(set(truth) | {name for name, value in facts.items() if value is not None}):
        true, said = truth.get(name), facts.get(name)
        if not isinstance(true, list) and not isinstance(said, list):
            yield name, true, said
            continue
        rest = [_plain(one) for one in said or []]
        for one in true or []:
            yield name, one, rest.pop(rest.index(_plain(one))) if _plain(one) in rest else None
        yield from ((name, None, one) for one in rest)


def _judge(true, said) -> str:
    if true is None:
        return "invented"
    if said is None:
        return "missed"
    return "right" if _plain(true) == _plain(said) else "wrong"


def _plain(value) -> str:
    text = "".join(str(value).split())
    return text.removesuffix(".00").removesuffix(".0")


def pairs(kind: str) -> dict[bool, tuple[int, int, int, list[str]]]:
    """Of the pairs of one kind in same.toml: half → same ones found, same ones missed, others taken for same, slips."""
    rows = tomllib.loads((FOLDER / "same.toml").read_text())[kind]
    counts = {}
    for held_out in (False, True):
        half = [row for row in rows if row.get("held_out", False) is held_out]
        told = [(row, _told_same(kind, row["one"], row["other"])) for row in half]
        slips = [f"{row['one']} | {row['other']}" for row, same in told if same is not row["same"]]
        counts[held_out] = (sum(same and row["same"] for row, same in told),
                            sum(row["same"] and not same for row, same in told),
                            sum(same and not row["same"] for row, same in told), slips)
    return counts


@functools.cache
def _encoder():
    return load_encoder(light=True)


def _told_same(kind: str, one, other) -> bool:
    if kind == "organisations":
        return alike(one, other)
    least = SAME_PROBLEM if kind == "demands" else SAME_CAPABILITY
    return bool(likeness(_encoder(), tuple(one), [tuple(other)])[0] >= least)
