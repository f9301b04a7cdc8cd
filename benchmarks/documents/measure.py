"""Facts read held against the truth, for each kind of document: right, wrong, missed, invented."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from benchmarks.documents.samples import Sample, samples
from engagements.paper.reading import read as read_contract
from ingestion.documents.document import Document


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


READERS: dict[str, Callable[[Document], dict]] = {"contracts": contract_facts}


def measure(kind: str) -> dict[bool, Count]:
    """Counts over the tuned half (False) and the held-out half (True) of the samples of one kind."""
    counts = {False: Count(), True: Count()}
    for sample in samples(kind):
        _count(counts[sample.held_out], sample, READERS[kind](sample.document))
    return counts


def _count(count: Count, sample: Sample, facts: dict) -> None:
    for name in sorted(set(sample.truth) | {name for name, value in facts.items() if value is not None}):
        outcome = _judge(sample.truth.get(name), facts.get(name))
        count.outcomes[outcome] += 1
        if outcome != "right":
            count.slips.append(f"{sample.id} {name}: {outcome}, {facts.get(name)!r} for {sample.truth.get(name)!r}")


def _judge(true, said) -> str:
    if true is None:
        return "invented"
    if said is None:
        return "missed"
    return "right" if _plain(true) == _plain(said) else "wrong"


def _plain(value) -> str:
    text = str(value).replace(" ", "")
    return text.removesuffix(".00").removesuffix(".0")
