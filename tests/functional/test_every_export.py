"""Every download of the site is listed with its nature; what is data imports again, here and into an empty city."""

import datetime as dt
import inspect
import io

import openpyxl
import pytest
from sqlalchemy import select

import settings as configuration
from contests import catalogue as definitions
from contests.publication import calendar
from ingestion.sheets import batches, exporting
from ingestion.sheets.kinds import ROWS
from jobs import sheets
from jobs.demo import load_demo
from models.accounts import Expert, Organisation, Role, RoleGrant, User
from models.base import clock_at, now
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import Collaboration, Contract, Verification
from models.database import Database
from models.demands import Demand, DemandStatus
from models.engagements import Engagement
from models.interests import ConflictOfInterest
from models.ledger import LedgerLeaf
from models.notices import ContestDefinition, ContestNotice
from models.sheets import BatchState, SheetBatch, SheetKind
from tests import factories
from tests.support.client import SiteClient
from web.exports import EXPORTS, Nature

IN_REGISTRATION = dt.datetime(2026, 11, 24, 4, 0, tzinfo=dt.UTC)
NOT_CARRIED = {
    (SheetKind.member, "办到哪一步"): "staff admit members one by one; a sheet admits nobody",
    (SheetKind.demand, "榜上状态"): "已揭榜 and 已办结 rest on contracts of both sides: they come in as no longer open",
    (SheetKind.engagement, "来历"): "who stands behind a row; a sheet cannot vouch for itself",
    (SheetKind.contract, "来历"): "who stands behind a row; a sheet cannot vouch for itself",
}
"""Columns of which an empty city does not take over every cell, and why. All other cells are equal."""
ASKED = {
    "imports.export": [(Role.admin, f"/staff/imports/export/{kind}.xlsx") for kind in SheetKind],
    "own_sheets.demands": [(Role.enterprise, "/my/demands.xlsx")],
    "own_sheets.capabilities": [(Role.expert, "/my/capabilities.xlsx")],
    "demands.export": [(Role.expert, "/demands/hall.xlsx?taken=1"), (Role.staff, "/demands/hall.xlsx?field=C34"),
                       (Role.enterprise, "/demands/hall.xlsx?budget=20to50&sort=budget")],
    "diagnosis.export": [(Role.staff, "/staff/diagnosis/demands.xlsx"),
                         (Role.staff, "/staff/diagnosis/demands.xlsx?state=published")],
    "experts.export": [(Role.staff, "/experts/experts.xlsx"), (Role.staff, "/experts/experts.xlsx?kind=skilled")],
    "events.export": [(Role.broker, "/events/events.xlsx")],
    "members.export": [(Role.admin, f"/staff/members/members.xlsx?state={state}") for state in ("applied", "approved")],
    "interests.export": [(Role.staff, "/conflicts/conflicts.xlsx")],
    "engagements.export": [(role, f"/engagements/engagements.xlsx?shelf={shelf}")
                           for role in (Role.enterprise, Role.expert, Role.broker) for shelf in ("", "ended")],
    "contracts.export": [(role, "/contracts/contracts.xlsx") for role in (Role.enterprise, Role.expert, Role.broker)],
    "thesaurus.export": [(Role.staff, "/staff/thesaurus/thesaurus.xlsx")],
}
"""Who asks for which sheets of each data export."""
CITIES: dict[str, "City"] = {}


class City:
    """A database with its settings, and a member of staff who brings sheets in."""

    def __init__(self, database: Database, settings: configuration.Settings):
        self.database, self.settings = database, settings

    def person(self, session, role: Role) -> User:
        """Somebody of a role: one who has the most going on."""
        holders = session.scalars(select(User).join(RoleGrant, RoleGrant.user_id == User.id).where(
            RoleGrant.role == role, RoleGrant.status == "approved").order_by(User.created_at, User.id)).all()
        if role is Role.expert:
            busy = session.scalar(select(Expert.user_id).join(Engagement, Engagement.expert_id == Expert.id).limit(1))
            return session.get(User, busy)
        if role is Role.enterprise:
            firm = session.scalar(select(Demand.organisation_id).join(Engagement).join(Contract).limit(1))
            return next(one for one in holders if one.organisation_for(role).id == firm)
        return holders[0]

    def logged_in(self, site, role: Role) -> SiteClient:
        site.extensions.update(settings=self.settings, database=self.database)
        client = site.test_client()
        with self.database.write() as client.session:
            return client.login(self.person(client.session, role))

    def bring(self, kind: SheetKind, data: bytes) -> SheetBatch:
        """Bring a sheet in through the whole machinery: looked at, and written where there is anything to write."""
        with self.database.write() as session:
            actor = self.person(session, Role.staff)
            batch_id = batches.open_batch(session, self.settings, actor, kind, "表.xlsx", data).id
        sheets.work(self.database, self.settings, batch_id)
        with self.database.write() as session:
            batch = batches.find_batch(session, batch_id)
            assert [(one.row, one.column, one.message) for one in batches.problems(session, batch)] == []
            if set(batch.found) <= {"unchanged"}:
                return batch
            batches.start(session, batch.user, batch, partial=False)
        sheets.work(self.database, self.settings, batch_id)
        with self.database.read() as session:
            return batches.find_batch(session, batch_id)

    def sheet(self, kind: SheetKind) -> list[dict[str, str]]:
        """Every row of a kind, by column, in an order that does not hang on when it came in."""
        with self.database.read() as session:
            names = exporting.header(kind)
            return [dict(zip(names, line, strict=True)) for line in sorted(exporting.rows(session, kind))]

    def workbook(self, kind: SheetKind) -> bytes:
        with self.database.read() as session:
            return exporting.workbook(kind, list(exporting.rows(session, kind)))


@pytest.fixture
def city(databases, dialect, tmp_path_factory) -> City:
    """The demo city, loaded once for each kind of database, with what it lacks."""
    if dialect not in CITIES:
        made = City(Database.connect(databases.new_url(dialect)), settings_of(tmp_path_factory.mktemp("city")))
        with clock_at(IN_REGISTRATION), made.database.write() as session:
            load_demo(session, made.settings)
            one, other = session.scalars(select(Organisation).order_by(Organisation.name).limit(2))
            expert = session.scalar(select(Expert).where(Expert.organisation_id != one.id).order_by(Expert.name))
            staff = made.person(session, Role.staff)
            calendar.import_year(session, staff, 2026, source="国办发明电〔2025〕7 号")
            for party in ({"organisation": other}, {"expert": expert}):
                session.add(ConflictOfInterest(**party, against=one, reason="亲属任职", declared_by=staff))
        CITIES[dialect] = made
    return CITIES[dialect]


@pytest.fixture
def empty(private_database, tmp_path) -> City:
    """A city with nobody in it but a member of staff."""
    with private_database.write() as session:
        factories.grant(session, factories.user(session), Role.staff)
    return City(private_database, settings_of(tmp_path))


@pytest.fixture(autouse=True)
def _that_day():
    with clock_at(IN_REGISTRATION):
        yield


def settings_of(folder) -> configuration.Settings:
    return configuration.Settings(_env_file=None, data_dir=folder, secret_key="s" * 32, rate_limits=False)


def downloads(app) -> set[str]:
    """Endpoints whose address ends like a file's, or whose view makes an attachment, itself or by its module."""
    found = set()
    for rule in app.url_map.iter_rules():
        view = inspect.unwrap(app.view_functions[rule.endpoint])
        module = inspect.getmodule(view)
        makers = [name for name, one in vars(module).items() if inspect.isfunction(one)
                  and "attachment(" in inspect.getsource(inspect.unwrap(one)).split(":", 1)[-1]]
        source = inspect.getsource(view)
        named = "." in rule.rule.rsplit("/", 1)[-1] or "as_sheet(" in source or "attachment(" in source
        calls = module.__name__.startswith("web.") and any(f"{name}(" in source for name in makers)
        if "GET" in rule.methods and rule.endpoint != "static" and (named or calls):
            found.add(rule.endpoint)
    return found


def test_every_download_is_listed_with_its_nature(app):
    assert downloads(app) == set(EXPORTS)


def test_every_data_export_is_asked_for_here():
    assert set(ASKED) == {name for name, export in EXPORTS.items() if export.nature is Nature.data}


@pytest.mark.slow
@pytest.mark.parametrize("endpoint", ASKED)
def test_what_the_city_hands_out_changes_nothing_where_it_came_from(city, app, endpoint):
    for role, url in ASKED[endpoint]:
        client = city.logged_in(app, role)
        answer = client.get(url)
        assert answer.status_code == 200, url
        rows = openpyxl.load_workbook(io.BytesIO(answer.data)).active.max_row - 1
        if endpoint == "thesaurus.export":
            form = {"file": (io.BytesIO(answer.data), "t.xlsx"), "check": "1"}
            answer = client.post("/staff/thesaurus/sheet", data=form, content_type="multipart/form-data")
            assert f"会新增 0 组，修改 0 组，{rows} 组没有变" in answer.text
            continue
        kind = EXPORTS[endpoint].kind or SheetKind(url.rsplit("/", 1)[1].removesuffix(".xlsx"))
        if rows:
            assert city.bring(kind, answer.data).found == {"unchanged": rows}, url


@pytest.mark.slow
def test_an_empty_city_takes_over_every_cell_but_those_named(city, empty):
    for kind in ROWS:
        assert empty.bring(kind, city.workbook(kind)).state in (BatchState.done, BatchState.checked)
    for kind in ROWS:
        before, after = city.sheet(kind), empty.sheet(kind)
        assert len(before) == len(after) > 0, kind
        different = {column for old, new in zip(before, after, strict=True) for column in old
                     if old[column] != new[column]}
        assert {(kind, column) for column in different} <= set(NOT_CARRIED), kind
    for kind in ROWS:
        assert set(empty.bring(kind, empty.workbook(kind)).found) == {"unchanged"}, kind


@pytest.mark.slow
def test_of_what_was_confirmed_elsewhere_an_empty_city_holds_claims_alone(city, empty):
    for kind in ROWS:
        empty.bring(kind, city.workbook(kind))
    with empty.database.read() as session:
        for table in (Engagement, Contract, Collaboration, Verification, LedgerLeaf):
            assert session.scalars(select(table)).first() is None, table
        assert session.scalars(select(ClaimedEngagement)).first() is not None
        assert session.scalars(select(ClaimedContract)).first() is not None
        settled = Demand.status.in_((DemandStatus.taken, DemandStatus.closed))
        assert session.scalars(select(Demand).where(settled)).first() is None


def test_a_contest_definition_reads_again_as_it_was_adopted(client, session):
    client.login(factories.staff(session))
    source = (definitions.FOLDER / "weihai-2020.toml").read_text()
    notice = factories.add(session, ContestNotice(name="", text="通知", sha256="0" * 64, reading={}, adopted_at=now(),
                                                  created_by=factories.staff(session)))
    factories.add(session, ContestDefinition(code="other", source=source, notice_id=notice.id,
                                             adopted_by_id=notice.created_by_id))
    answer = client.get(f"/staff/contest-notices/{notice.id}/definition.toml")
    assert definitions.parse(answer.text, "通知") == definitions.definition("weihai-2020")
