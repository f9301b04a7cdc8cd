"""Watched sources as their owners meet them, and the worker's round over real HTTP."""

from http.server import SimpleHTTPRequestHandler

import pytest

from ingestion.sources import taking
from ingestion.sources.watching import SourceForm, watch
from jobs import sources as job
from jobs.runtime import Runtime
from models.base import now
from models.capabilities import Capability
from models.demands import Demand
from models.index import PostingKind
from models.sources import SourceEntry, WatchedSource
from tests import factories
from tests.support.http_site import serving

FORM = {"name": "公司网站需求栏", "format": "html", "location": "http://www.example.cn/needs/", "entry_selector": "li",
        "title_selector": "", "every_hours": "24"}


@pytest.fixture
def firm(session):
    return factories.contact(session)


@pytest.fixture
def entry(session, firm):
    source = watch(session, firm, SourceForm(**FORM))
    return factories.add(session, SourceEntry(source_id=source.id, key="1", title="铝件铣削变形怎么控制", digest="d",
                                              text="变形 ≤0.03 mm", link="http://www.example.cn/d/1"))


def test_a_firm_adds_a_source_and_finds_it_listed(client, session, firm):
    answer = client.login(firm).post("/my/sources/new", data=FORM)
    source = session.query(WatchedSource).one()
    assert answer.location.endswith(f"/my/sources/{source.id}")
    assert source.posting is PostingKind.demand
    page = client.get("/my/sources").text
    assert "公司网站需求栏" in page
    assert "等第一次读" in page


def test_what_does_not_fit_keeps_what_was_typed(client, session, firm):
    answer = client.login(firm).post("/my/sources/new", data=FORM | {"location": "ftp://x.example.cn/list"})
    assert (answer.status_code, session.query(WatchedSource).count()) == (422, 0)
    assert 'id="location-error"' in answer.text
    assert "ftp://x.example.cn/list" in answer.text


def test_an_entry_is_shown_with_its_source_and_becomes_a_draft(client, session, firm, entry):
    page = client.login(firm).get(f"/my/sources/{entry.source_id}").text
    assert "铝件铣削变形怎么控制" in page
    assert 'href="http://www.example.cn/d/1"' in page
    answer = client.post(f"/my/sources/entries/{entry.id}/take")
    assert answer.location.endswith(f"/my/demands/{entry.id}/1")
    assert "铝件铣削变形怎么控制" in client.get(answer.location).text
    assert session.query(Demand).count() == 1
    assert f"/my/demands/{entry.id}/1" in client.get(f"/my/sources/{entry.source_id}?state=taken").text


def test_an_entry_fills_the_form_of_a_capability(client, session):
    expert = factories.expert(session)
    source = watch(session, expert.user, SourceForm(**FORM))
    found = factories.add(session, SourceEntry(source_id=source.id, key="1", title="超声清洗线的节能控制", digest="d",
                                               text="做过三条超声清洗线，电耗降低两成，运行满两年没有返修。"))
    client.login(expert.user)
    form_page = client.post(f"/my/sources/entries/{found.id}/take").location
    page = client.get(form_page).text
    assert "超声清洗线的节能控制" in page
    data = {"title": found.title, "summary": found.text, "field": "表面处理", "key": str(found.id)}
    assert client.post(form_page, data=data).status_code == 302
    assert session.get(Capability, found.id).title == found.title
    assert taking.counts(session, source) == taking.Counts(taken=1)


def test_somebody_elses_entry_fills_no_form(client, session, entry):
    other = factories.expert(session).user
    assert client.login(other).get(f"/my/capabilities/new?entry={entry.id}").status_code == 404


def test_put_aside_and_back(client, firm, entry):
    client.login(firm).post(f"/my/sources/entries/{entry.id}/ignore", data={"aside": "1"})
    assert entry.title not in client.get(f"/my/sources/{entry.source_id}").text
    client.post(f"/my/sources/entries/{entry.id}/ignore", data={"aside": "0"})
    assert entry.title in client.get(f"/my/sources/{entry.source_id}").text


def test_a_failure_is_read_by_its_owner_and_by_staff(client, session, firm, entry):
    entry.source.failures, entry.source.failure = 2, "www.example.cn 很久没有回应"
    session.flush()
    assert "很久没有回应" in client.login(firm).get(f"/my/sources/{entry.source_id}").text
    assert "很久没有回应" in client.login(factories.staff(session)).get("/staff/sources").text


def test_markup_in_a_source_stays_words(client, session, firm, entry):
    entry.title, entry.text = "<img src=x onerror=alert(1)>", "<script>alert(2)</script>"
    session.flush()
    page = client.login(firm).get(f"/my/sources/{entry.source_id}").text
    assert "<img src=x" not in page
    assert "<script>alert" not in page


@pytest.fixture
def site(tmp_path):
    (tmp_path / "needs.csv").write_text("编号,标题,正文\n1,焊缝漏检率高,要降到 1% 以下\n2,铝屑缠刀,想换断屑槽\n", "utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *_):
            pass

    with serving(Quiet) as server:
        yield server


def test_the_workers_round_reads_real_sites_and_a_site_in_the_house_is_refused(session, database, settings, firm, site):
    address = f"http://127.0.0.1:{site.server_port}/needs.csv"
    source = watch(session, firm, SourceForm("车间的表", "csv", address))
    job.look_at_sources(Runtime(settings, database))
    session.expire_all()
    assert "内网或本机" in source.failure
    source.due_at, source.failures = now(), 0
    session.flush()
    job.look_at_sources(Runtime(settings.model_copy(update={"source_networks": "127.0.0.0/8"}), database))
    session.expire_all()
    assert (source.failure, taking.counts(session, source)) == ("", taking.Counts(new=2))
