"""An expert as others see them: name, employer, room, record; never a phone number."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from models.accounts import Expert
from models.capabilities import Capability
from web import names


@dataclass(frozen=True)
class Person:
    """What macros/match.html and the expert pages show of one expert."""

    expert: Expert
    url: str
    name: str
    title: str
    place: str
    district: str
    capacity: str
    """Field and room in one line."""
    room: str
    tags: list[tuple[str, str, str | None]]
    capabilities: list[Capability]


def person(expert: Expert, busy: int = 0, kept: int = 0, capabilities: list[Capability] | None = None) -> Person:
    tags: list[tuple[str, str, str | None]] = [(_("身份已核"), "pine", "check-circle"),
                                               (str(names.EXPERT_KIND[expert.kind]), "", None)]
    if kept:
        tags.append((_("履约 %(n)s 次", n=kept), "", None))
    return Person(expert, url_for("experts.show", expert_id=expert.id), expert.name, expert.title,
                  expert.organisation.display_name, names.district(expert.district_code),
                  "　".join(filter(None, (expert.field, room(expert, busy)))), room(expert, busy), tags,
                  capabilities or [])


def room(expert: Expert, busy: int) -> str:
    """手上 1 个项目，可再接 1 个 / 现在可接 / 手上 2 个项目，暂时接不了."""
    free = max(0, expert.capacity - busy)
    if not busy:
        return _("现在可接") if free else _("暂时接不了")
    return (_("手上 %(busy)s 个项目，可再接 %(free)s 个", busy=busy, free=free) if free
            else _("手上 %(busy)s 个项目，暂时接不了", busy=busy))
