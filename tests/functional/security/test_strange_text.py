"""Strange bytes in addresses and forms: answered with a message or ignored, never with a failure."""

import pytest

from tests import factories
from tests.functional.security.crawling import TABLE
from tests.functional.security.probing import Probe, identified, read_matrix
from tests.support.routes import routes

MATRIX = read_matrix(TABLE.read_text())

STRANGE = {
    "nul": "a\x00b", "controls": "\x01\x07\x1b[31m\x7f", "surrogate": "\ud800", "bidi": "\u202egnp.exe",
    "long": "钓" * 100_000, "injection": "' OR 1=1 --", "like": "%_%\\%' ESCAPE '",
    "union": "x') UNION SELECT password_hash FROM user_account --", "stacked": "1; DROP TABLE demand",
    "number": "9" * 400, "negative": "-1", "fraction": "1e309", "format": "%s%n{0}{__class__}",
    "digit": "²③٣", "list": "[]", "template": "{{config}}${7*7}",
}
GB18030 = "碳纤维钓竿".encode("gb18030")
FIELDS = (
    "login password name phone email uscc organisation_name industry_code district_code title problem abstract text "
    "note reason code stage revision version amount expected_benefit contract_number party_a party_b type "
    "signed_on-year signed_on-month signed_on-day season_id track summary employer demand_id expert_id number locale "
    "care kind key go "
    "target-0-what target-0-figure deadline-year deadline-month deadline-day budget_min budget_max confidentiality "
    "approach questions days act seen on id attendance_id realised until-year starts_at seats held_on-day percent "
    "step").split()
SEARCHES = (
    "/demands?q={} /demands?district={} /demands?field={} /demands?budget={} /demands?sort={} /demands?page={} "
    "/demands?type={} /experts?q={} /experts?district={} /experts?kind={} /proof?number={} /login?next={} "
    "/staff/board?year={} /staff/board?by={} /staff/board/rows?key={} /staff/board/rows?measure={} /staff/verify?q={} "
    "/staff/verify?done={} /staff/members?state={} /staff/diagnosis?state={} /staff/ledger?page={} "
    "/introductions/new?demand_words={} /introductions/new?expert_words={} /my/demands?state={} /engagements?shelf={} "
    "/my/matches?more={} /account/organisation?id={} /api/v1/demands?q={} /api/v1/demands?page={} "
    "/api/v1/recommendations?limit={}").split()


@pytest.fixture
def everybody(client, session, monkeypatch):
    """Logged in as one person who holds every role, on a site that answers a failure with 500, as it does in use."""
    monkeypatch.setitem(client.application.config, "TESTING", False)
    person = factories.expert(session).user
    factories.broker(session, user=person)
    for role in ("enterprise", "staff"):
        factories.grant(session, person, role, factories.organisation(session))
    factories.demand(session)
    client.token = factories.bearer(session, person)
    return client.login(person)


def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("kind", STRANGE)
def test_in_an_address(everybody, kind):
    failed = [url for url in SEARCHES
              if everybody.get(url.replace("{}", quoted(STRANGE[kind])), headers=everybody.token).status_code >= 500]
    assert failed == []


def test_in_an_address_as_gb18030(everybody):
    asked = "".join(f"%{byte:02X}" for byte in GB18030)
    answers = [everybody.get(url.replace("{}", asked), headers=everybody.token) for url in SEARCHES]
    assert [answer.request.path for answer in answers if answer.status_code >= 500] == []


def form_of(value: str) -> bytes:
    return "&".join(f"{name}={value}" for name in FIELDS).encode()


@pytest.mark.parametrize("kind", "nul controls surrogate injection number fraction digit gb18030".split())
def test_in_every_field_of_every_form(client, connection, world, monkeypatch, kind):
    monkeypatch.setitem(client.application.config, "TESTING", False)
    value = "".join(f"%{byte:02X}" for byte in GB18030) if kind == "gb18030" else quoted(STRANGE[kind])
    failed = []
    for name in ("firm", "expert", "broker", "staff"):
        probe = Probe(client.login(world.people[name]), connection, {})
        for url in forms_of(client.application, world, name):
            status = probe.status("POST", url, form_of(value))
            failed += [(url, status)] if status >= 500 else []
    assert failed == []


def forms_of(app, world, name: str) -> list[str]:
    """Where this person may send a form."""
    return [row.url(app, world) for row in MATRIX
            if row.method == "POST" and name in row.allowed and not row.endpoint.startswith("api_")] + [
        route.path for route in routes(app) if "POST" in route.methods and not identified(route)
        and not route.rule.startswith("/api/") and route.endpoint != "session.logout"]


@pytest.mark.parametrize("body", [b"\xff\xfe{", b'{"login": "\\u0000", "password": "\\ud800"}', b"[" * 20_000, b"null",
                                  b'{"login": 1e400}', GB18030, b'{"login": "' + b"9" * 3_000_000 + b'"}'])
def test_in_a_body_of_the_api(everybody, body):
    sent = dict(data=body, content_type="application/json", headers=everybody.token)
    answers = [everybody.post(f"/api/v1/{name}", **sent) for name in ("tokens", "demands", "capabilities", "entries")]
    assert [answer.request.path for answer in answers if answer.status_code >= 500] == []


@pytest.mark.parametrize("path", ["/\x00", "/%ff%fe", "/demands/%00", "/" + "a" * 60_000, "/entries/../../etc/passwd",
                                  "/static/../web/app.py", "/static/%2e%2e/%2e%2e/etc/passwd", "/static//etc/passwd",
                                  "/static/%00", "/ledger/99999999999999999999/receipt",
                                  "/staff/ledger/99999999999999999999",
                                  "/ledger/checkpoints/99999999999999999999"])
def test_in_a_path(everybody, path):
    assert everybody.get(path).status_code in (301, 308, 400, 404)


def test_a_search_for_wildcards_finds_no_more_than_a_search(everybody, session):
    factories.demand(session, title="温度 100% 可控")
    assert "没有" in everybody.get("/introductions/new?demand_words=%25%25%25_").text


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "User-Agent", "Accept-Language", "HX-Target", "Cookie",
                                    "Authorization", "Referer", "Content-Type", "If-None-Match", "Range"])
@pytest.mark.parametrize("value", ["é\x01\x7f", "9" * 5000, "Bearer ", "../../x", "'\";--", "bytes=-1,,,"])
def test_in_a_header(client, header, value):
    assert client.get("/demands", headers={header: value.encode("latin-1").decode("latin-1")}).status_code < 500
