"""A lifecycle small enough to read: a test ground's permit, of a city that does not exist."""

import datetime as dt
import pathlib
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from contests import catalogue
from contests.catalogue import parse
from contests.lifecycles.acts import Act, make_move, open_case
from contests.lifecycles.births import Subject
from contests.lifecycles.lifecycle import Lifecycle
from contests.lifecycles.offices import give_office
from models.accounts import Organisation, User
from models.contests import Season
from models.lifecycles import Case, CaseMove
from tests import factories

PERMIT = (pathlib.Path(__file__).parent / "permit.toml").read_text(encoding="utf-8")
FOUNDING = (catalogue.FOLDER / "weihai-2020.toml").read_text(encoding="utf-8")
CITY = FOUNDING.replace('code = "weihai-2020"', 'code = "permit-2020"', 1) + PERMIT


@pytest.fixture(scope="session")
def permit() -> Lifecycle:
    return parse(FOUNDING + PERMIT, "city.toml").lifecycle("permit")


@pytest.fixture
def city(tmp_path, monkeypatch):
    """The permit's contest among those that may be opened."""
    (tmp_path / "permit-2020.toml").write_text(CITY, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)


@dataclass
class Office:
    """A season of the permit's contest, the people who see to it, and the unit that asks."""

    session: Session
    season: Season
    city: User
    unit: User
    firm: Organisation

    def open(self, on: str = "2026-11-01", name: str = "薄壁管件") -> Case:
        return open_case(self.session, self.unit, self.season, "permit", "ask",
                         Subject(name, self.firm, district="371002"), Act(dt.date.fromisoformat(on)))

    def move(self, case: Case, code: str, on: str, **said) -> CaseMove:
        actor = self.unit if code in ("sign_unit", "report") else self.city
        period = dt.date.fromisoformat(said.pop("period")) if "period" in said else None
        return make_move(self.session, actor, case, code, Act(
            dt.date.fromisoformat(on), said.pop("reason", "按论证意见"), period, said))


def offices(session: Session) -> Office:
    staff, firm = factories.staff(session), factories.organisation(session)
    season = factories.add(session, Season(code="permit-2020", year=2026, settings={}))
    bureau, unit = factories.user(session), factories.contact(session, firm)
    give_office(session, staff, season, "city", bureau)
    give_office(session, staff, season, "unit", unit, organisation=firm)
    return Office(session, season, bureau, unit, firm)


@pytest.fixture
def office(session, city, noon) -> Office:
    return offices(session)
