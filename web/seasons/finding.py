"""The season an address names, and what its definition warns of at one place."""

import uuid

from flask_babel import gettext as _

from contests.definition import Definition
from contests.parts import Warn
from models.contests import Season
from models.errors import NotFound
from web.sessions import db


def find_season(season_id: uuid.UUID) -> Season:
    season = db().get(Season, season_id)
    if season is None:
        raise NotFound(_("没有找到这一届竞赛"))
    return season


def warnings_at(definition: Definition, *places: str) -> list[Warn]:
    """What the definition warns of where one of `places` is decided (phases.registration, indicators.benefit, …)."""
    return [warning for warning in definition.warnings if warning.where.startswith(places)]
