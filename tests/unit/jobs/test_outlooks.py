"""Whether the city holds anybody for a demand: looked at by the worker, measured by the recommendation itself."""

import datetime as dt

import pytest

from jobs.outlooks import FRESH, look
from matching.encoders.embedding import load_encoder
from matching.searcher import Searcher
from matching.vectors import index_posting
from models.base import clock_at, now
from models.capabilities import CapabilityStatus
from models.demands import DemandStatus
from models.index import PostingKind
from models.outlooks import Best, DemandOutlook
from tests import factories


@pytest.fixture
def demand(session):
    return factories.demand(session)


@pytest.fixture
def encoder():
    return load_encoder(light=True)


@pytest.fixture
def looks(database, session, encoder, tmp_path):
    """Look, and give what is known of each demand."""
    def once() -> dict:
        session.flush()
        assert look(database, lambda: Searcher(tmp_path, lambda: encoder)) >= 0
        session.expire_all()
        return {row.demand_id: row for row in session.query(DemandOutlook)}
    return once


@pytest.fixture
def posted(session, encoder, demand):
    """Post a capability that answers the demand."""
    def post():
        capability = factories.capability(session, title=demand.title, claims=[
            f"{target.what}{target.figure}" for target in demand.targets])
        index_posting(session, encoder, PostingKind.capability, capability.id)
        return capability
    return post


def test_without_anybody_the_demand_hangs_since_the_first_look(looks, demand):
    first = looks()[demand.id]
    since = first.short_since
    assert (first.best, first.examined, first.covered) == (Best.none, 0, 0)
    with clock_at(now() + FRESH + dt.timedelta(minutes=1)):
        assert looks()[demand.id].short_since == since


def test_who_answers_it_ends_that(looks, posted, demand):
    looks()
    posted()
    with clock_at(now() + FRESH + dt.timedelta(minutes=1)):
        found = looks()[demand.id]
    assert (found.best, found.short_since, found.covered) == (Best.good, None, found.required)


def test_what_binds_is_the_targets_own_words(session, looks, encoder, demand):
    capability = factories.capability(session, claims=(), summary="碳纤维薄壁管插接的老师傅手艺，打磨装配返修。")
    index_posting(session, encoder, PostingKind.capability, capability.id)
    found = looks()[demand.id]
    assert found.best is not Best.good
    assert found.binding in {target.what for target in demand.targets}


def test_a_day_passes_between_two_looks_unless_the_text_changed(database, looks, demand):
    looked_at = looks()[demand.id].looked_at
    assert looks()[demand.id].looked_at == looked_at
    demand.title, demand.updated_at = "碳纤维钓竿喷涂后流挂", now() + dt.timedelta(seconds=1)
    with clock_at(now() + dt.timedelta(seconds=2)):
        assert looks()[demand.id].looked_at > looked_at


def test_what_is_closed_is_forgotten(looks, demand):
    looks()
    demand.status = DemandStatus.withdrawn
    assert looks() == {}


def test_a_hidden_capability_answers_nothing(session, looks, posted, encoder, demand):
    capability = posted()
    capability.status = CapabilityStatus.hidden
    session.flush()
    index_posting(session, encoder, PostingKind.capability, capability.id)
    assert looks()[demand.id].best is Best.none
