import uuid

import numpy as np
import pytest
from sqlalchemy import select

from matching.index.dense import VECTORS
from matching.vectors import changes_since, index_posting, index_postings, last_seq, reconcile, write_snapshot
from models.capabilities import CapabilityStatus
from models.database import holding
from models.demands import DemandStatus
from models.index import OutboxRow, PostingKind, PostingVector
from tests import factories

CAPABILITY, DEMAND = PostingKind.capability, PostingKind.demand


def row(session, posting) -> PostingVector:
    return session.scalar(select(PostingVector).where(PostingVector.posting_id == posting.id))


class TestIndexing:
    def test_a_published_posting_gets_its_vector(self, session, encoder):
        demand = factories.demand(session)
        assert index_posting(session, encoder, DEMAND, demand.id)
        vector = np.frombuffer(row(session, demand).vector, "<f4")
        assert vector.shape == (encoder.dimensions,)
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)

    def test_doing_it_twice_changes_nothing(self, session, encoder):
        demand = factories.demand(session)
        index_posting(session, encoder, DEMAND, demand.id)
        seq = last_seq(session, DEMAND)
        assert not index_posting(session, encoder, DEMAND, demand.id)
        assert last_seq(session, DEMAND) == seq

    def test_a_new_text_is_a_new_vector_later_in_order(self, session, encoder):
        capability = factories.capability(session)
        index_posting(session, encoder, CAPABILITY, capability.id)
        before, seq = row(session, capability).vector, row(session, capability).seq
        capability.claims[0].text = "轮胎硫化节能 30%"
        session.flush()
        assert index_posting(session, encoder, CAPABILITY, capability.id)
        assert row(session, capability).vector != before
        assert row(session, capability).seq > seq

    def test_what_may_not_be_found_any_more_keeps_no_vector(self, session, encoder):
        demand = factories.demand(session)
        index_posting(session, encoder, DEMAND, demand.id)
        demand.status = DemandStatus.withdrawn
        session.flush()
        assert index_posting(session, encoder, DEMAND, demand.id)
        assert (row(session, demand).live, row(session, demand).vector) == (False, b"")
        assert not index_posting(session, encoder, DEMAND, demand.id)

    def test_a_draft_and_an_unknown_id_are_left_alone(self, session, encoder):
        draft = factories.demand(session, status=DemandStatus.draft)
        assert index_postings(session, encoder, DEMAND, [draft.id, uuid.uuid4()]) == 0


def test_changes_are_told_oldest_first_with_removals(session, encoder):
    first, second = factories.capability(session), factories.capability(session)
    index_postings(session, encoder, CAPABILITY, [first.id, second.id])
    first.status = CapabilityStatus.hidden
    session.flush()
    index_posting(session, encoder, CAPABILITY, first.id)
    changes = changes_since(session, encoder.name, CAPABILITY, 0)
    assert [(c.posting.id, c.live) for c in changes] == [(second.id.hex, True), (first.id.hex, False)]
    assert changes_since(session, encoder.name, CAPABILITY, changes[-1].seq) == []


class TestReconcile:
    @pytest.fixture
    def indexed(self, session, encoder, tmp_path):
        capability = factories.capability(session)
        index_posting(session, encoder, CAPABILITY, capability.id)
        write_snapshot(holding(session), encoder, CAPABILITY, tmp_path)
        return capability

    def test_what_agrees_is_left_alone(self, database, session, encoder, tmp_path, indexed):
        assert reconcile(database, encoder, CAPABILITY, tmp_path).clean

    def test_later_changes_are_no_damage(self, database, session, encoder, tmp_path, indexed):
        index_posting(session, encoder, CAPABILITY, factories.capability(session).id)
        assert reconcile(database, encoder, CAPABILITY, tmp_path).clean

    def test_what_the_index_lacks_or_should_not_have_goes_to_the_outbox(self, database, session, encoder, tmp_path,
                                                                        indexed):
        missing = factories.capability(session)
        indexed.status = CapabilityStatus.hidden
        session.flush()
        repair = reconcile(database, encoder, CAPABILITY, tmp_path)
        assert (repair.missing, repair.extra) == (1, 1)
        assert {r.posting_id for r in session.scalars(select(OutboxRow))} >= {missing.id, indexed.id}

    def test_a_damaged_index_is_written_anew(self, database, session, encoder, tmp_path, indexed):
        (tmp_path / CAPABILITY / VECTORS).write_bytes(b"cut short")
        assert reconcile(database, encoder, CAPABILITY, tmp_path).rewritten
        assert reconcile(database, encoder, CAPABILITY, tmp_path).clean
