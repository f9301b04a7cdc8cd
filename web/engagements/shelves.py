"""The three shelves of a person's engagements: going on, waiting for their answer, ended."""

from collections.abc import Callable, Sequence

from flask import request
from flask_babel import gettext as _

from engagements import contracts, conversations
from engagements.parties import side_of
from models.engagements import Engagement, Stage
from web.identity import me
from web.sessions import db

SHELVES: dict[str, Callable[[], str]] = {"": lambda: _("进行中"), "mine": lambda: _("等我答复"), "ended": lambda: _("已结束")}


def shelved(found: Sequence[Engagement]) -> tuple[str, dict[str, list[Engagement]]]:
    """The shelf that the address asks for, and what stands on each."""
    groups = {"": [one for one in found if one.stage is not Stage.ended],
              "mine": [one for one in found if waits_for_me(one)],
              "ended": [one for one in found if one.stage is Stage.ended]}
    asked = request.args.get("shelf", "")
    return asked if asked in groups else "", groups


def waits_for_me(engagement: Engagement) -> bool:
    """Whether the reader's side is to answer: a question, or a contract to be confirmed."""
    side = side_of(me(), engagement)
    contract = contracts.contract_of(db(), engagement)
    return side is not None and side in (conversations.waits_for(engagement),
                                         contracts.waits_for(contract) if contract else None)
