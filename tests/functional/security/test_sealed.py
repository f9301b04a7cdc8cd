"""With everything indexed, and an expert whose work answers sealed texts: nothing of them shows in what they match."""

import re

import pytest
from sqlalchemy.exc import IntegrityError

from jobs import outbox
from matching.encoders.embedding import load_encoder
from models.audit import AuditEvent
from models.capabilities import Capability
from models.demands import Confidentiality, Demand, DemandStatus
from models.index import PostingKind, enqueue
from tests import factories
from tests.functional.security.crawling import ASKED, crawl
from tests.support.world import CANARY

NEIGHBOURS = re.compile(r"vector|embedding|cosine|score|distance|similar|neighbour|nearest|rank", re.IGNORECASE)
SEARCHES = ASKED + ("/my/matches?limit=50", "/api/v1/recommendations?limit=50", f"/demands?q={CANARY}nda&sort=fit",
                    f"/api/v1/demands?q={CANARY}summaryproblem")


@pytest.fixture
def indexed(session, database, world):
    """Sealed demands without targets of their own too, and every posting in the index."""
    firm = world.sealed["nda"].organisation
    for level in (Confidentiality.nda, Confidentiality.internal):
        bare = factories.demand(session, world.people["firm"], organisation=firm, confidentiality=level, targets=(),
                                title="公开的薄壁管件" if level is Confidentiality.nda else f"{CANARY}薄壁管件",
                                abstract="公开的薄壁管件插接跳动", problem=f"{CANARY}管插接跳动≤0.03 mm。" * 3)
        world.ids[f"bare_{level.name}"] = bare.id
    for kind, table in ((PostingKind.demand, Demand), (PostingKind.capability, Capability)):
        for posting in session.query(table):
            enqueue(session, kind, posting.id)
    session.flush()
    outbox.apply_pending(database, load_encoder())
    return world


@pytest.fixture
def prober(session, world):
    """An expert of another house who wrote a capability to draw the sealed demands out."""
    expert = factories.expert(session)
    factories.capability(session, expert, ("公开的薄壁管件插接跳动量由 0.08 mm 降到 0.025 mm",), title="公开的薄壁管件插接跳动控制")
    return expert.user


def shown_to(client, session, world, person) -> list:
    if person:
        client.login(person)
    token = factories.bearer(session, person) if person else {}
    pages = crawl(client, world, token)
    return pages + [client.get(url, headers=token if url.startswith("/api/") else {}) for url in SEARCHES]


def spoken(answer) -> str:
    """The answer without the words its reader searched for or wrote."""
    text = answer.text.replace(f"{CANARY}internal 做过", "")
    return re.sub(rf"(value=\"|“|q=|words=|number=)(?:{CANARY}|%E9%B9%A6\S*)\w*", "", text)


@pytest.mark.parametrize("name", ["visitor", "rival_firm", "rival_broker"])
def test_strangers_read_nothing_sealed(client, session, prober, indexed, name):
    shown = shown_to(client, session, indexed, indexed.people[name])
    assert [one for one in shown if CANARY in spoken(one)] == []


def test_an_expert_who_is_led_to_it_reads_its_public_part_alone(client, session, prober, indexed):
    shown = shown_to(client, session, indexed, prober)
    assert [one for one in shown if CANARY in spoken(one)] == []
    matches, answer = shown[-4], shown[-3]
    assert "公开的薄壁管件" in matches.text
    assert str(indexed.ids["bare_nda"]) in answer.text
    assert str(indexed.ids["bare_internal"]) not in "".join(one.text for one in shown)
    assert "0.03" not in "".join(item["target"] for found in answer.json["items"] for item in found["reasons"]
                                 if found["demand_id"] == str(indexed.ids["bare_nda"]))


def test_the_api_gives_out_no_number_of_a_pairing(client):
    """A score or a vector would let one measure a sealed text."""
    described = client.get("/api/v1/openapi.json").json["components"]["schemas"]
    named = [(schema, name) for schema, body in described.items() for name in body.get("properties", {})
             if NEIGHBOURS.search(name)]
    assert named == []


@pytest.mark.parametrize("path", ["recommendations", ""])
def test_nobody_else_asks_who_fits_a_sealed_demand(client, session, indexed, path):
    for name in ("rival_firm", "rival_expert", "rival_broker"):
        token = factories.bearer(session, indexed.people[name])
        for kind in ("nda", "summary", "internal"):
            answer = client.get(f"/api/v1/demands/{indexed.ids[kind]}/{path}".rstrip("/"), headers=token)
            assert CANARY not in answer.text.replace(f"{CANARY}internal 做过", "")
            assert answer.status_code in ((403, 404) if path or kind == "internal" else (200,))


def test_an_error_of_the_database_repeats_no_values(session):
    demand = factories.demand(session, problem=CANARY)
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        session.execute(Demand.__table__.insert().values(id=demand.id, title=CANARY, problem=CANARY))
    assert CANARY not in str(caught.value)


def test_the_audit_says_what_kind_of_words_may_stay_not_which(session, client, noon):
    firm = factories.organisation(session, name="威海澜竿渔具有限公司")
    author = factories.contact(session, firm)
    demand = factories.demand(session, author, status=DemandStatus.draft, published_at=None, confidentiality="nda",
                              problem=f"车间用 LG-880 机卷制，{CANARY}。" * 4,
                              abstract="一家渔具企业用 LG-880 机卷制，壁厚不匀，求工艺。")
    client.login(author).post(f"/my/demands/{demand.id}/review",
                              data={"version": demand.version, "leak_reason": "全行业都在用"})
    [event] = session.query(AuditEvent).filter_by(action="demand.leaks_confirmed")
    assert event.detail == {"kinds": ["model"]}
