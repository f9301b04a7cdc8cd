"""Markup in every text the database holds: each page that shows it shows it as text."""

import re
import uuid

import pytest
from sqlalchemy import String, Text, inspect

from models.base import Base
from tests import factories
from tests.functional.security.crawling import crawl

PAYLOAD = "'\"><img src=x onerror=alert(1)>{{7*7}}</script><script>alert(2)</script>"
LIVE = re.compile(r"<img src=x|<script>alert|'\"><|(?<!\d)49</script>")
WORDED = {120, 300}
"""Lengths of the columns that people word: Short and Line; the others hold codes, hashes, addresses."""
SEALED = ("ledger_", "alembic")


def worded(mapper):
    """The names of the columns that people word."""
    return [prop.key for prop in mapper.column_attrs for column in prop.columns
            if type(column.type) is Text or type(column.type) is String and column.type.length in WORDED]


@pytest.fixture
def poisoned(session, world):
    """The world with PAYLOAD in every worded column of every row, made unique by a running mark."""
    for mapper in Base.registry.mappers:
        if not mapper.local_table.name.startswith(SEALED) and mapper.class_.__name__ not in {"PostingVector"}:
            for row in session.query(mapper.class_):
                for name in worded(inspect(type(row))):
                    setattr(row, name, PAYLOAD + uuid.uuid4().hex[:6])
    session.flush()
    session.expire_all()
    return world


@pytest.mark.parametrize("name", ["visitor", "firm", "expert", "broker", "staff"])
def test_markup_stays_text(client, session, poisoned, name):
    person = poisoned.people[name]
    if person:
        client.login(person)
    pages = [answer for answer in crawl(client, poisoned, factories.bearer(session, person) if person else {})
             if answer.media_type == "text/html"]
    assert any("&lt;img src=x" in page.text for page in pages)
    assert [(page.url, page.status) for page in pages if LIVE.search(page.text) or page.status >= 500] == []


@pytest.mark.parametrize("url", ["/demands?q={}", "/experts?q={}", "/proof?number={}", "/login?next={}", "/register/{}",
                                 "/demands?field={}&type={}&district={}&sort={}", "/{}", "/api/v1/demands?q={}"])
def test_what_the_address_says_stays_text(client, url):
    answer = client.get(url.replace("{}", PAYLOAD.replace("/", "%2F")))
    assert answer.status_code < 500
    assert answer.mimetype == "application/json" or not LIVE.search(answer.text)
