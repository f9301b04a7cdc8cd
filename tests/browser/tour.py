"""A tour of the site: every page one person may open, found by following links, each looked at in one visit.

A page is known by its route and by the parts of its address that are not ids, so the four steps of a form are four
pages and a hundred demands are one. A new route is looked at by itself as soon as a page links to it.
"""

import html
import pathlib
import re
import uuid
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import BrowserContext, Page
from werkzeug.exceptions import HTTPException

from models.accounts import Role
from tests.browser.pages import Person
from tests.support.routes import Route, routes

HERE = pathlib.Path(__file__).parent
AXE = (HERE / "axe-core-4.14.1" / "axe.min.js").read_text()
INSPECT = (HERE / "inspect_page.js").read_text()
RUN_AXE = """() => axe.run({resultTypes: ['violations']}).then(found => found.violations.flatMap(violation =>
    violation.nodes.map(node => `axe ${violation.id}: ${node.html.slice(0, 120)}`)))"""
LINKS = "() => [...new Set([...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href')))]"
HREF = re.compile(r'<a [^>]*?href="([^"]+)"')
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CARE = "on => document.documentElement.toggleAttribute('data-care', on)"
WIDE, PHONE, NARROW = (1440, 900), (360, 740), (320, 640)

NOT_A_PAGE = {
    "static": "files", "openapi.spec": "JSON",
    "accounts.data": "download", "board.export": "download", "board.export_rows": "download",
    "incoming.definition": "download",
    "contracts.scan": "download", "contracts.page": "image", "demands.file": "download",
    "entries.docx": "download", "entries.pdf": "download", "entries.dossier": "download",
    "entries.material": "download", "reviews.material": "download",
    "meetings.pdf": "download", "meetings.xlsx": "download",
    "imports.export": "download", "imports.errors": "download", "imports.records": "download",
    "own_sheets.demands": "download", "own_sheets.capabilities": "download",
    "thesaurus.export": "download", "gaps.export": "download",
    "contracts.export": "download", "demands.export": "download", "diagnosis.export": "download",
    "engagements.export": "download", "events.export": "download", "experts.export": "download",
    "interests.export": "download", "members.export": "download",
    "uploads.errors": "download", "uploads.template": "download",
    "notices.pdf": "download", "notices.docx": "download", "certificates.pdf": "download",
    "publication.minutes": "download", "committees.paper": "download",
    "publication.export": "download", "publication.nominated": "download", "objections.file": "download",
    "seasons.roster": "download", "ledger.receipt": "JSON", "ledger.checkpoint": "text",
    "ledger.checkpoint_at": "text", "ledger.vkey": "text",
}
"""GET routes that answer no HTML page, and what they answer; /api/ besides."""

NOT_IN_THE_DEMO: dict[str, str] = {
    "imports.show": "nobody in the demo city is bringing in a table",
    "uploads.show": "nor is a member",
    "engagements.deny_claim": "no sheet has asked anybody about a collaboration",
}
"""Pages that the tour of the demo city does not come to, and why; their functional tests open them."""

TAILORED = frozenset({"accounts.register", "demands.show", "experts.show", "events.show"})
"""Public pages that look different to members."""

MAY_REFUSE = {"engagements.take": (200, 403)}
"""Pages that answer 403 to members who lack the role, and say how to come by it."""


@dataclass
class Tour:
    """`pages`: what was opened, endpoint → addresses. `problems`: address → what is wrong there."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    problems: dict[str, list[str]] = field(default_factory=dict)


def tourist(context: BrowserContext, name: str) -> Person:
    """Somebody whose pages carry the accessibility checker."""
    person = Person(context, name)
    person.page.add_init_script(AXE)
    return person


def pages_of(app: Flask) -> list[Route]:
    """The routes that answer a page."""
    return [route for route in routes(app)
            if "GET" in route.methods and route.endpoint not in NOT_A_PAGE and not route.rule.startswith("/api/")]


def open_to(route: Route, role: Role | None) -> bool:
    """Whether the route belongs to the tour of a person of that role (None: a visitor)."""
    if role is None:
        return route.access == "public"
    if route.roles:
        return role in route.roles
    return route.access == "member" and role is not Role.staff or route.endpoint in TAILORED


def take(app: Flask, people: list[Person], role: Role | None, more: list[str] | None = None) -> Tour:
    """Open every page the people of a role can reach; whoever comes later looks only at what is new.

    `more`: addresses to begin at besides, for what only one of many alike leads to.
    """
    tour, adapter = Tour(), app.url_map.bind("localhost")
    wanted = {route.endpoint for route in pages_of(app) if open_to(route, role)}
    starts = [route.rule for route in pages_of(app)
              if "<" not in route.rule and (route.endpoint in wanted or route.access == "public")]
    starts.sort(key=lambda rule: page_key(adapter, rule)[0] not in wanted)
    starts += [address for address in more or () if page_key(adapter, address)[0] in wanted]
    looked: set[tuple] = set()
    for person in people:
        ahead, passed = deque(starts), set()
        while ahead:
            address = ahead.popleft()
            key = page_key(adapter, address)
            place = key if person is people[0] or key[0] in TAILORED else urlsplit(address).path
            if place in passed:
                continue
            passed.add(place)
            if key[0] not in wanted or key in looked:
                links = links_of(person, address)
            else:
                looked.add(key)
                found = look(person, address, MAY_REFUSE.get(key[0], (200,)))
                links = found.links
                tour.pages.setdefault(key[0], []).append(address)
                tour.problems |= {address: found.problems} if found.problems else {}
            ahead.extend(link for link in links if (to := page_key(adapter, link)) and to[0] in wanted)
    return tour


def page_key(adapter, address: str) -> tuple | None:
    """(endpoint, the parts that are no ids), None for an address outside the site or one that no page answers."""
    parts = urlsplit(address)
    if parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        endpoint, arguments = adapter.match(parts.path, "GET")
    except HTTPException:
        return None
    if endpoint in NOT_A_PAGE:
        return None
    return endpoint, *(value for name, value in sorted(arguments.items())
                       if not isinstance(value, uuid.UUID) and name != "index")


@dataclass(frozen=True)
class Look:
    links: list[str]
    problems: list[str]


def links_of(person: Person, address: str) -> list[str]:
    """Where a page leads, without looking at it."""
    return [html.unescape(link) for link in HREF.findall(person.page.request.get(address).text())]


def look(person: Person, address: str, expected: tuple[int, ...] = (200,)) -> Look:
    """One visit: the page at three widths, in the normal and in the large version."""
    page = person.page
    person.mishaps.clear()
    page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    answer = page.goto(address)
    problems = [] if answer.status in expected else [f"status {answer.status}"]
    links = page.evaluate(LINKS)
    problems += seen_at_all_widths(page)
    problems += [f"console: {said}" for said in person.mishaps if f"status of {answer.status}" not in said]
    return Look(links, list(dict.fromkeys(problems)))


def seen_at_all_widths(page: Page) -> Iterator[str]:
    yield from inspected(page, "1440")
    yield from page.evaluate(RUN_AXE)
    for (width, height), axe in ((NARROW, False), (PHONE, True)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(SETTLED)
        yield from inspected(page, str(width))
        page.evaluate(CARE, True)
        yield from inspected(page, f"{width} 关怀版")
        if axe:
            yield from (f"关怀版 {found}" for found in page.evaluate(RUN_AXE))
        page.evaluate(CARE, False)


def inspected(page: Page, where: str) -> Iterator[str]:
    yield from (f"{where}: {found}" for found in page.evaluate(INSPECT))
