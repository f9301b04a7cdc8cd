"""A source from its first look to its last: what is new, changed and gone, what failed, what came of it."""

import datetime as dt
import json

import pytest
from sqlalchemy import select

from ingestion.sources import taking, watching
from ingestion.sources.fetching import Fetched, Fetcher
from ingestion.sources.watching import MOST, Look, SourceForm, keep, look, look_now, switch, watch
from models.accounts import Role
from models.audit import Notice
from models.base import clock_at, now
from models.demands import DemandStatus
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.sources import SourceEntry
from tests import factories

FORM = SourceForm("需求栏", "jsonl", "http://www.example.cn/needs.jsonl")


class Site(Fetcher):
    """A site that answers what the test says."""

    def __init__(self, *rows: dict):
        super().__init__()
        self.data, self.sent = lines(*rows), []

    def fetch(self, url, etag="", last_modified=""):
        self.sent.append(etag)
        if isinstance(self.data, Exception):
            raise self.data
        return Fetched(None if etag == "same" else self.data, url, "", "same" if etag == "same" else "e1")


def lines(*rows: dict) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def row(key: str, text: str = "正文") -> dict:
    return {"_id": key, "title": f"第 {key} 条难题", "text": text}


@pytest.fixture
def firm(session):
    return factories.contact(session)


@pytest.fixture
def source(session, firm):
    return watch(session, firm, FORM)


def held(session, source) -> dict[str, SourceEntry]:
    return {one.title: one for one in session.scalars(select(SourceEntry).filter_by(source_id=source.id))}


def test_a_new_source_is_due_at_once(session, source):
    assert watching.due(session) == [source]


def test_the_first_look_finds_everything_new(session, source):
    assert keep(session, source, look(source, Site(row("1"), row("2")))) == 2
    assert taking.counts(session, source) == taking.Counts(new=2)
    assert watching.due(session) == []
    with clock_at(now() + dt.timedelta(hours=25)):
        assert watching.due(session) == [source]


def test_equal_bytes_and_an_unchanged_answer_bring_nothing(session, source):
    site = Site(row("1"))
    keep(session, source, look(source, site))
    assert look(source, site).entries is None  # the same bytes under another mark
    source.etag = "same"
    assert keep(session, source, look(source, site)) == 0
    assert site.sent == ["", "e1", "same"]


def test_what_changed_and_what_is_gone_is_said_and_nothing_is_lost(session, firm, source):
    keep(session, source, look(source, Site(row("1"), row("2"), row("3"))))
    entries = held(session, source)
    taking.take_as_demand(session, firm, entries["第 1 条难题"])
    keep(session, source, look(source, Site(row("1", "改了"), row("2"))))
    assert entries["第 1 条难题"].changed_at
    assert entries["第 3 条难题"].gone_at
    assert taking.counts(session, source) == taking.Counts(new=2, changed=1)
    keep(session, source, look(source, Site(row("1", "改了"), row("2"), row("3"))))
    assert entries["第 3 条难题"].gone_at is None


def test_from_a_feed_nothing_is_gone(session, firm):
    feed = watch(session, firm, SourceForm("动态", "feed", "http://www.example.cn/rss.xml"))
    site = Site()
    for numbers in ("12", "23"):
        items = "".join(f"<item><guid>{n}</guid><title>第 {n} 条</title></item>" for n in numbers)
        site.data = f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()
        keep(session, feed, look(feed, site))
    assert [one.gone_at for one in held(session, feed).values()] == [None] * 3


def test_a_failure_keeps_what_was_found_and_the_last_good_time(session, firm, source):
    keep(session, source, look(source, Site(row("1"))))
    good, site = source.good_at, Site()
    site.data = Invalid("www.example.cn 很久没有回应")
    for _ in range(3):
        keep(session, source, look(source, site))
    assert (source.failures, source.failure, source.good_at) == (3, "www.example.cn 很久没有回应", good)
    assert source.due_at > now() + dt.timedelta(hours=90)  # a site that is down is asked less and less often
    assert [notice.text for notice in session.scalars(select(Notice).filter_by(user_id=firm.id))] == [
        "您的来源“需求栏”连续 3 次没读成：www.example.cn 很久没有回应"]
    keep(session, source, look(source, Site(row("1"), row("2"))))
    assert (source.failures, source.failure) == (0, "")


def test_an_entry_becomes_one_draft_however_often_it_is_taken(session, firm, source):
    keep(session, source, look(source, Site(row("1", "变形 ≤0.03 mm"))))
    [entry] = held(session, source).values()
    first, second = (taking.take_as_demand(session, firm, entry) for _ in range(2))
    assert first is second
    assert (first.status, first.title, first.problem) == (DemandStatus.draft, "第 1 条难题", "变形 ≤0.03 mm")


def test_an_entry_put_aside_is_found_again(session, firm, source):
    keep(session, source, look(source, Site(row("1"))))
    [entry] = held(session, source).values()
    taking.put_aside(session, firm, entry)
    assert taking.counts(session, source) == taking.Counts(ignored=1)
    taking.put_aside(session, firm, entry, False)
    assert taking.counts(session, source) == taking.Counts(new=1)


def test_removing_a_source_keeps_what_was_made_of_it(session, firm, source):
    keep(session, source, look(source, Site(row("1"))))
    demand = taking.take_as_demand(session, firm, next(iter(held(session, source).values())))
    watching.remove(session, firm, source)
    session.expire_all()
    assert demand.title == "第 1 条难题"
    assert watching.sources_of(session, firm) == []


@pytest.mark.parametrize(("changes", "field"), [
    ({"name": ""}, "name"), ({"format": "xls"}, "format"), ({"location": "ftp://a.example.cn/"}, "location"),
    ({"location": "file:///etc/"}, "location"), ({"every_hours": "5"}, "every_hours"),
    ({"every_hours": "十"}, "every_hours"), ({"format": "html"}, "entry_selector"), ({"name": "a\x00b"}, "name")])
def test_what_does_not_fit_is_said_beside_its_field(session, firm, changes, field):
    with pytest.raises(Invalid) as refused:
        watch(session, firm, SourceForm(**{**FORM.__dict__, **changes}))
    assert refused.value.field == field


def test_one_address_is_watched_once_and_no_more_than_ten(session, firm, source):
    with pytest.raises(Invalid, match="已经在看"):
        watch(session, firm, FORM)
    for number in range(MOST - 1):
        watch(session, firm, SourceForm("又一个", "csv", f"http://www.example.cn/{number}.csv"))
    with pytest.raises(Conflict, match="最多看 10 个"):
        watch(session, firm, SourceForm("又一个", "csv", "http://www.example.cn/one-more.csv"))


def test_who_can_post_nothing_watches_nothing(session):
    with pytest.raises(Forbidden):
        watch(session, factories.staff(session), FORM)


def test_somebody_elses_source_is_not_there(session, source):
    other = factories.contact(session)
    for act in (lambda: switch(session, other, source, False), lambda: look_now(session, other, source),
                lambda: watching.source_of(session, other, source.id), lambda: watching.remove(session, other, source)):
        with pytest.raises(NotFound):
            act()


def test_a_source_is_not_looked_at_twice_a_minute(session, firm, source):
    keep(session, source, Look([], digest="x"))
    with pytest.raises(Conflict, match="过一分钟"):
        look_now(session, firm, source)


def test_a_rested_source_is_not_due(session, firm, source):
    switch(session, firm, source, False)
    assert watching.due(session) == []


def test_a_changed_source_is_read_anew(session, firm, source):
    keep(session, source, look(source, Site(row("1"))))
    watching.change(session, firm, source, SourceForm(**{**FORM.__dict__, "name": "新名字"}), source.version)
    assert (source.name, source.digest, source.etag) == ("新名字", "", "")
    assert watching.due(session) == [source]
    with pytest.raises(Conflict, match="别处改过"):
        watching.change(session, firm, source, FORM, source.version - 1)


def test_a_folder_of_the_operators_is_read_and_its_links_are_not(session, tmp_path):
    expert = factories.expert(session).user
    (tmp_path / "a.csv").write_text("编号,标题\n1,甲的成果\n", "utf-8")
    (tmp_path / "b.csv").write_text("编号,标题\n2,乙的成果\n", "utf-8")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    (outside / "c.txt").write_text("编号,标题\n3,丙\n", "utf-8")
    (tmp_path / "c.csv").symlink_to(outside / "c.txt")
    form = SourceForm("课题组", "csv", tmp_path.as_uri())
    source = watch(session, expert, form, by_operator=True)
    assert keep(session, source, look(source, Site())) == 2
    assert look(source, Site()).entries is None
    (tmp_path / "b.csv").unlink()
    keep(session, source, look(source, Site()))
    assert held(session, source)["乙的成果"].gone_at
    with pytest.raises(Invalid):
        watch(session, expert, SourceForm("课题组", "csv", outside.as_uri()))
    assert Role.expert in expert.roles
