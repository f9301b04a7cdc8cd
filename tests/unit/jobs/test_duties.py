"""What the worker does by its clock: expire, sign, compare, leave a sign of life."""

import datetime as dt
import os
import pathlib

import pytest

from ingestion.files import path_of, store
from jobs import duties
from jobs.runtime import Runtime
from ledger import log as ledger
from matching.index.snapshots import folder_of
from models.base import now, today
from models.demands import DemandStatus
from models.index import PostingKind, PostingVector
from tests import factories

PDF = pathlib.Path(__file__).parents[2] / "functional" / "one_page.pdf"


@pytest.fixture
def runtime(settings, database):
    settings.data_dir.mkdir()
    return Runtime(settings, database)


def test_a_demand_past_its_last_day_expires_and_one_on_it_does_not(session, runtime):
    over = factories.demand(session, deadline=today() - dt.timedelta(days=1))
    last_day = factories.demand(session, deadline=today())
    duties.expire_demands(runtime)
    session.expire_all()
    assert (over.status, last_day.status) == (DemandStatus.expired, DemandStatus.published)


def test_a_grown_ledger_is_signed_once(session, runtime):
    duties.sign_checkpoint(runtime)
    assert ledger.latest_checkpoint(session) is None
    ledger.append(session, "contract.confirmed", {"contract.number": "HJ-1"})
    session.commit()
    for _ in range(2):
        duties.sign_checkpoint(runtime)
    assert ledger.latest_checkpoint(session).size == 1


def test_a_posting_that_the_index_lost_comes_back(session, runtime):
    demand = factories.demand(session)
    duties.reconcile_index(runtime)
    duties.drain_outbox(runtime)
    session.expire_all()
    assert [(row.posting_id, row.kind) for row in session.query(PostingVector)] == [(demand.id, PostingKind.demand)]


def test_snapshots_are_written_for_both_kinds(session, runtime, settings):
    factories.demand(session)
    duties.save_snapshot(runtime)
    saved = folder_of(settings.index_folder, runtime.encoder.name)
    assert {path.name for path in saved.iterdir()} >= {str(kind) for kind in PostingKind}


def test_the_sign_of_life_is_a_time(runtime):
    duties.beat(runtime)
    assert dt.datetime.fromisoformat(duties.heartbeat_path(runtime).read_text()).tzinfo


def test_an_upload_without_a_row_is_swept_after_a_day_and_no_other(session, runtime):
    uploader = factories.user(session)
    kept = store(session, runtime.settings, uploader, "a.pdf", PDF.read_bytes())
    orphan, fresh = (runtime.settings.files_folder / (digit * 64) for digit in "ab")
    for path in (orphan, fresh):
        path.write_bytes(b"left behind")
    two_days_ago = now().timestamp() - 2 * 86400
    for path in (orphan, path_of(runtime.settings, kept)):
        os.utime(path, (two_days_ago, two_days_ago))
    session.commit()
    duties.sweep_files(runtime)
    assert (orphan.exists(), fresh.exists(), path_of(runtime.settings, kept).exists()) == (False, True, True)
