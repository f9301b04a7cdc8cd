"""Registration through its pages: prefilled, checked, declared, handed in, printed."""

import datetime as dt
import io
import zipfile

import pytest

from ledger import log
from ledger.signer import Signer
from models.base import clock_at
from models.contests import Entry, EntryStatus, Season
from tests import factories
from tests.support.stories import confirmed, introduced, talks

OPEN = dt.datetime(2026, 11, 22, 4, 0, tzinfo=dt.UTC)
LATE = dt.datetime(2026, 12, 1, 4, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def registration_is_open():
    with clock_at(OPEN):
        yield


@pytest.fixture
def season(session):
    return factories.add(session, Season(code="weihai-2020", year=2026))


@pytest.fixture
def story(session, season):
    return talks(session)


@pytest.fixture
def entry(client, session, season, story):
    """The expert's entry, begun from one confirmed contract."""
    confirmed(session, story)
    client.login(story.person).post("/entries/open", data={"season_id": season.id, "track": "tech_challenge"})
    return session.query(Entry).one()


def form(**changes) -> dict:
    return {"phone": "19900001234", "employer": "海岬大学", "summary": "承接需求一项，已完成试制。", "act": "submit",
            "declared": "1"} | changes


def test_the_entry_is_filled_from_the_ledger(client, entry, story):
    page = client.get(f"/entries/{entry.id}").text
    assert story.engagement.demand.title[:6] in entry.summary or entry.summary
    assert "碳纤维钓竿插接跳动控制" in page
    assert "请带到窗口" in page


def test_submitting_needs_the_declaration_and_keeps_what_was_typed(client, entry):
    data = form(employer="改过的单位")
    del data["declared"]
    answer = client.post(f"/entries/{entry.id}", data=data)
    assert (answer.status_code, 'id="declared-error"' in answer.text) == (422, True)
    assert "改过的单位" in answer.text
    assert entry.employer != "改过的单位"


def test_a_submitted_entry_is_frozen(client, entry):
    assert client.post(f"/entries/{entry.id}", data=form()).status_code == 302
    assert entry.status is EntryStatus.submitted
    assert client.post(f"/entries/{entry.id}", data=form()).status_code == 409


def test_a_late_entry_is_refused_with_the_clause(client, entry, story):
    with clock_at(LATE):
        answer = client.login(story.person).post(f"/entries/{entry.id}", data=form())
    assert answer.status_code == 422
    assert "截止" in answer.text
    assert entry.status is EntryStatus.draft


def test_it_is_withdrawn_and_prepared_again(client, entry):
    client.post(f"/entries/{entry.id}", data=form())
    assert client.post(f"/entries/{entry.id}/withdraw").status_code == 302
    assert client.post(f"/entries/{entry.id}/reopen").status_code == 302
    assert entry.status is EntryStatus.draft


@pytest.mark.parametrize(("name", "start"), [("form.pdf", b"%PDF"), ("form.docx", b"PK")])
def test_the_official_form_is_downloaded(client, entry, name, start):
    answer = client.get(f"/entries/{entry.id}/{name}")
    assert answer.data.startswith(start)
    assert "attachment" in answer.headers["Content-Disposition"]


def test_the_broker_enters_the_other_group(client, session, season, story):
    broker = introduced(session, story)
    confirmed(session, story)
    client.login(broker.user).post("/entries/open", data={"season_id": season.id, "track": "school_enterprise"})
    entry = session.query(Entry).one()
    assert entry.track == "school_enterprise"
    assert client.get(f"/entries/{entry.id}/form.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("path", ["", "/form.pdf", "/form.docx", "/dossier.zip"])
def test_nobody_else_finds_the_entry(client, session, entry, path):
    for stranger in (factories.expert(session).user, factories.contact(session)):
        assert client.login(stranger).get(f"/entries/{entry.id}{path}").status_code == 404


def test_an_enterprise_has_no_group_to_enter_by_evidence(client, session, season):
    assert "开始报名" not in client.login(factories.contact(session)).get("/entries").text


def test_a_group_without_the_role_is_refused(client, session, season):
    answer = client.login(factories.expert(session).user).post(
        "/entries/open", data={"season_id": season.id, "track": "school_enterprise"})
    assert answer.status_code == 403


def test_an_executable_is_no_material(client, entry):
    url = f"/entries/{entry.id}/materials/form"
    program = (io.BytesIO(b"MZ\x90\x00" + b"\x00" * 99), "表.pdf")
    assert [client.post(url, data=data).status_code for data in ({"file": program}, {})] == [422, 422]


def test_the_dossier_comes_once_the_log_is_signed(client, session, settings, entry):
    client.post(f"/entries/{entry.id}", data=form())
    assert client.get(f"/entries/{entry.id}/dossier.zip").status_code == 409
    session.commit()
    log.sign_checkpoint(session, Signer.open(settings.keys_folder))
    scan = entry.evidence[0].contract.revision.scan
    settings.files_folder.mkdir(parents=True)
    (settings.files_folder / scan.sha256).write_bytes(b"%PDF-1.4")
    answer = client.get(f"/entries/{entry.id}/dossier.zip")
    assert f"entries/{entry.ledger_index}.json" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
