"""A submitted demand as staff read it: the stretches to look at marked, the gaps beside the text."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from ingestion import hints
from ingestion.demand_forms import TargetRow
from ingestion.hints import Hint
from ingestion.leaks import Leak, contacts, leaks
from models.base import today
from models.demands import Confidentiality, Demand


@dataclass(frozen=True)
class Stretch:
    """A piece of text; `note` says why it is marked, empty where it is not."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Marked:
    """The texts cut into stretches, and the remarks on the whole."""

    problem: list[Stretch]
    abstract: list[Stretch]
    gaps: list[Hint]
    good: list[Hint]


def mark(demand: Demand) -> Marked:
    rows = [TargetRow.of(target) for target in demand.targets]
    remarks = [*hints.on_problem(demand.title, demand.problem), *hints.on_targets(rows, demand.deadline, today(), True)]
    names = (demand.organisation.name, demand.organisation.short_name)
    full_text = "\n".join((demand.title, demand.problem, demand.constraints, demand.tried))
    shown = "" if demand.confidentiality is Confidentiality.public else demand.abstract
    found = leaks(shown, full_text, tuple(name for name in names if name))
    if found:
        remarks.append(Hint(False, _("摘要里有 %(n)s 处可能让人认出是谁", n=len(found)), "abstract"))
    return Marked(cut(demand.problem, contacts(demand.problem)), cut(shown, found),
                  [one for one in remarks if not one.good], [one for one in remarks if one.good])


def cut(text: str, found: Iterable[Leak]) -> list[Stretch]:
    """`text` as stretches in order; marked ones carry what they look like."""
    kinds = {"phone": _("像是电话"), "email": _("像是邮箱"), "chat": _("像是微信或 QQ 号"), "name": _("单位名称"),
             "place": _("地名"), "model": _("型号")}
    stretches, at = [], 0
    for leak in found:
        stretches += [Stretch(text[at:leak.start])] * (leak.start > at)
        stretches.append(Stretch(text[leak.start:leak.end], kinds[leak.kind]))
        at = leak.end
    return stretches + [Stretch(text[at:])] * (at < len(text))
