"""向量模型: what staff see of the models and do with them, over HTTP and at the command line."""

import pytest
from sqlalchemy import select

from jobs import duties, encoders
from jobs.runtime import Runtime
from matching.encoders import generations
from models.audit import AuditEvent
from models.encoders import GenerationState
from models.index import PostingKind, enqueue
from tests import factories
from tests.support import small_models


@pytest.fixture
def staff(client, session):
    person = factories.staff(session)
    client.login(person)
    return person


@pytest.fixture
def changed(session, settings, database, tmp_path):
    """Two demands under two models; the second waits for a person."""
    for title in ("焦化废水处理", "机器人焊接机"):
        enqueue(session, PostingKind.demand, factories.demand(session, title=title).id)
    session.commit()
    for seed, name in enumerate(("first", "second"), 1):
        folder = small_models.build(tmp_path / name, seed)
        runtime = Runtime(settings.model_copy(update={"encoder": str(folder), "encoder_switch": "manual"}), database)
        encoders.follow_settings(runtime)
        for _ in range(3):
            duties.drain_outbox(runtime)
            encoders.prepare_encoder(runtime)
    return generations.named(session, "second@")


def test_without_a_worker_the_page_says_what_to_expect(client, staff):
    page = client.get("/staff/encoders")
    assert page.status_code == 200
    assert "还没有向量模型" in page.text


def test_the_page_tells_what_is_in_use_and_what_is_ready(client, staff, changed):
    page = client.get("/staff/encoders").text
    assert "first@" in page
    assert "准备好了" in page
    assert "2 / 2 条" in page


def test_progress_is_shown_while_a_model_is_prepared(client, session, staff, changed):
    changed.state = GenerationState.preparing
    session.commit()
    page = client.get("/staff/encoders").text
    assert "正在准备" in page
    assert 'hx-trigger="every 3s"' in page


def test_a_switch_asks_once_more_and_is_on_record(client, session, staff, changed):
    url = f"/staff/encoders/{changed.id}/switch"
    assert "可以退回" in client.get(url).text
    assert generations.in_use(session).name.startswith("first@")
    assert client.post(url).status_code == 302
    session.expire_all()
    assert generations.in_use(session).id == changed.id
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "encoder.switched",
                                                     AuditEvent.actor_id == staff.id)).one()
    assert event.subject_id == changed.id


def test_rolling_back_and_giving_up(client, session, staff, changed):
    client.post(f"/staff/encoders/{changed.id}/switch")
    assert client.post("/staff/encoders/rollback").status_code == 302
    session.expire_all()
    assert generations.in_use(session).name.startswith("first@")
    assert client.post("/staff/encoders/rollback").status_code == 409
    assert client.get("/staff/encoders/rollback").location == "/staff/encoders"
    assert client.post(f"/staff/encoders/{changed.id}/retire").status_code == 302
    session.expire_all()
    assert changed.state is GenerationState.retired
    assert client.post(f"/staff/encoders/{changed.id}/switch").status_code == 409
    assert client.post(f"/staff/encoders/{changed.id}/prepare").status_code == 302
    session.expire_all()
    assert changed.state is GenerationState.preparing


def test_what_is_in_use_is_not_given_up(client, session, staff, changed):
    used = generations.in_use(session)
    assert client.post(f"/staff/encoders/{used.id}/retire").status_code == 409


def test_a_setting_that_names_nothing_is_said_on_the_page(client, app, staff):
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"encoder": "no/such-model"})
    page = client.get("/staff/encoders").text
    assert "JIEBANG_ENCODER" in page
    assert "no/such-model" in page


def test_searches_of_the_site_follow_the_switch(client, session, app, staff, changed):
    from web.search import searcher

    with app.test_request_context():
        before = searcher().encoder.name
    client.post(f"/staff/encoders/{changed.id}/switch")
    with app.test_request_context():
        assert (before, searcher().encoder.name) == (generations.in_use(session).replaces.name, changed.name)


def test_members_may_not_see_it(client, session):
    client.login(factories.contact(session))
    assert client.get("/staff/encoders").status_code == 403
