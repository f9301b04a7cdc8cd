"""Every page as every kind of person: nothing confidential shows, nothing is written, every header is there."""

import pathlib
import re
from dataclasses import dataclass

import pytest

from models.audit import Notice
from tests import factories
from tests.functional.security.crawling import ASKED, Answer, crawl, digests
from tests.functional.security.probing import PEOPLE
from tests.support.world import CANARY

UNENTITLED = ("visitor", "nobody", "revoked", "broker", "rival_firm", "rival_expert", "rival_broker")
CRAWLED: dict[tuple[str, str], "Crawl"] = {}


@dataclass(frozen=True)
class Crawl:
    answers: list[Answer]
    logged: str
    changed: set[str]


@pytest.fixture
def crawled(request, dialect, capsys):
    """The crawl of one person, made on first use."""
    def of(name: str) -> Crawl:
        if (dialect, name) not in CRAWLED:
            client, connection, session, world = (request.getfixturevalue(one) for one in (
                "client", "connection", "session", "world"))
            person = world.people[name]
            token = factories.bearer(session, person) if person else {}
            if person:
                client.login(person)
            session.flush()
            before, _earlier = digests(connection), capsys.readouterr()
            answers = crawl(client, world, token)
            logged = "".join(capsys.readouterr())
            after = digests(connection)
            CRAWLED[dialect, name] = Crawl(answers, logged, {table for table in after if after[table] != before[table]})
        return CRAWLED[dialect, name]

    return of


def own_words(answer: Answer) -> str:
    """The answer without the words its reader searched for."""
    return answer.text.replace(CANARY + "internal 做过", "") if answer.url not in ASKED else re.sub(
        rf"(value=\"|“|q=|words=|number=){CANARY}", "", answer.text)


@pytest.mark.parametrize("name", UNENTITLED)
def test_nothing_confidential_shows(crawled, name):
    assert [answer.url for answer in crawled(name).answers if CANARY in own_words(answer)] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_reading_writes_nothing(crawled, name):
    assert crawled(name).changed == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_no_page_fails(crawled, name):
    assert [(answer.url, answer.status) for answer in crawled(name).answers if answer.status >= 500] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_nothing_confidential_is_logged(crawled, name):
    assert CANARY not in crawled(name).logged


def test_the_owner_does_see_it(crawled):
    """Were the canary nowhere, the tests above would prove nothing."""
    assert sum(CANARY in answer.text for answer in crawled("firm").answers) > 5


def test_no_message_of_the_platform_carries_it_to_others(session, world):
    entitled = {world.people["firm"].id, world.people["expert"].id}
    told = {notice.user_id for notice in session.query(Notice) if CANARY in notice.text}
    assert told <= entitled


@pytest.mark.parametrize("name", ["visitor", "staff"])
class TestHeaders:
    def test_every_answer_says_what_it_is_and_is_not_framed(self, crawled, name):
        wrong = [answer.url for answer in crawled(name).answers
                 if answer.headers.get("X-Content-Type-Options") != "nosniff"
                 or answer.headers.get("Referrer-Policy") != "same-origin"
                 or not re.search("frame-ancestors 'none'|^sandbox", answer.headers.get("Content-Security-Policy", ""))]
        assert wrong == []

    def test_every_script_and_style_carries_the_nonce_of_its_page(self, crawled, name):
        wrong = []
        for answer in crawled(name).answers:
            if answer.media_type == "text/html":
                [nonce] = re.findall(r"script-src 'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
                wrong += [(answer.url, tag) for tag in re.findall(r"<(?:script|style)\b[^>]*>", answer.text)
                          if f'nonce="{nonce}"' not in tag]
        assert wrong == []

    def test_no_markup_runs_script_or_style_by_attribute(self, crawled, name):
        inline = re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|style)\s*=|href=\"\s*javascript:", re.IGNORECASE)
        assert [(answer.url, found[0]) for answer in crawled(name).answers if answer.media_type == "text/html"
                and (found := inline.search(answer.text))] == []

    def test_what_is_kept_for_one_reader_is_kept_by_no_cache(self, crawled, name):
        if name == "visitor":
            pytest.skip("visitors see what everybody may")
        assert [answer.url for answer in crawled(name).answers
                if "no-store" not in answer.headers.get("Cache-Control", "") and "/api/" not in answer.url] == []


def test_every_file_comes_as_a_sandboxed_attachment(crawled):
    """But for the page images of a scan, which the platform drew itself."""
    kept = [answer for name in ("firm", "expert", "staff") for answer in crawled(name).answers
            if answer.status == 200 and answer.media_type not in ("text/html", "application/json", "text/plain")]
    assert len(kept) > 8
    wrong = [answer.url for answer in kept
             if not answer.headers["Content-Security-Policy"].startswith("sandbox")
             or pathlib.PurePath(answer.url).suffix != ".png"
             and not answer.headers.get("Content-Disposition", "").startswith("attachment")]
    assert wrong == []
