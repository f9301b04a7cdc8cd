"""What an entry still lacks, in a few words, for the narrow column of a table."""

from flask_babel import gettext as _

from contests.checklist import Item
from contests.roster import Entrant


def gaps(entrant: Entrant) -> list[str]:
    """One short phrase for each material that is missing, in the group's order; empty where all is there."""
    return [SHORT[item.material.kind](entrant, item) for item in entrant.missing]


def _originals(entrant: Entrant, _item: Item) -> str:
    unseen = len(entrant.evidence) - entrant.verified
    return _("待核原件 %(n)s 份", n=unseen) if entrant.evidence else _("缺合同")


SHORT = {
    "signed_form": lambda _entrant, _item: _("缺签字的报名表"),
    "contract_original": _originals,
    "contract_copy": lambda _entrant, _item: _("缺合同复印件"),
    "report": lambda _entrant, _item: _("缺工作情况报告"),
}
