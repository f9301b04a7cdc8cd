import threading

import pytest
from structlog.testing import capture_logs

from matching.encoders.embedding import EncoderMissing, NoEncoder
from matching.index.dense import VECTORS
from matching.pace import Pace
from matching.postings import read_postings
from matching.search import search_experts
from matching.searcher import Searcher, configured_encoder
from matching.thesaurus.thesaurus import Group, Thesaurus
from matching.vectors import index_posting, index_words, weighed, write_snapshot
from models.capabilities import CapabilityStatus
from models.database import Database, holding
from models.index import PostingKind
from tests import factories

KIND = PostingKind.capability


@pytest.fixture
def post(session, encoder):
    def post(**columns):
        capability = factories.capability(session, **columns)
        index_posting(session, encoder, KIND, capability.id)
        return capability
    return post


def live(state) -> set[str]:
    return {key for key, alive in zip(state.ids, state.alive, strict=True) if alive}


def test_a_posting_is_found_as_soon_as_it_is_indexed(session, searcher, post):
    first = post()
    assert live(searcher.state(session, KIND)) == {first.id.hex}
    second = post()
    assert live(searcher.state(session, KIND)) == {first.id.hex, second.id.hex}


def test_what_has_words_only_is_found_by_them_and_asks_with_a_vector_made_now(session, searcher, encoder, post):
    post()
    late = factories.capability(session, title="深海采矿车行走机构", summary="履带打滑的辨识")
    index_words(session, encoder, KIND, [late.id])
    assert search_experts(session, searcher, "深海采矿车").ids == (late.expert_id,)
    posting = read_postings(session, KIND, [late.id])[0]
    asked = searcher.asking(session, KIND, posting)
    assert not searcher.state(session, KIND).vector(late.id.hex).any()
    assert asked.any()
    index_posting(session, encoder, KIND, late.id)
    assert searcher.state(session, KIND).vector(late.id.hex) == pytest.approx(asked, abs=1e-6)


def test_nothing_is_read_while_nothing_changed(session, searcher, post):
    post()
    assert searcher.state(session, KIND) is searcher.state(session, KIND)


def test_a_hidden_posting_is_gone(session, searcher, encoder, post):
    capability = post()
    searcher.state(session, KIND)
    capability.status = CapabilityStatus.hidden
    session.flush()
    index_posting(session, encoder, KIND, capability.id)
    assert live(searcher.state(session, KIND)) == set()


def test_it_starts_from_the_saved_index_and_what_came_later(session, tmp_path, encoder, post):
    first = post()
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    second = post()
    state = Searcher(tmp_path, lambda: encoder).state(session, KIND)
    assert list(state.main.ids) == [first.id.hex]
    assert live(state) == {first.id.hex, second.id.hex}


def test_a_damaged_index_is_said_and_the_database_is_read(session, tmp_path, encoder, post):
    first = post()
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    (tmp_path / KIND / VECTORS).write_bytes(b"")
    with capture_logs() as said:
        assert live(Searcher(tmp_path, lambda: encoder).state(session, KIND)) == {first.id.hex}
    assert [line["log_level"] for line in said] == ["warning"]


def test_many_changes_become_a_new_main_segment(session, searcher, post, monkeypatch):
    monkeypatch.setattr("matching.searcher._LARGEST_DELTA", 1)
    searcher.state(session, KIND)
    posted = {post().id.hex for _ in range(3)}
    state = searcher.state(session, KIND)
    assert set(state.main.ids) == posted
    assert not state.changed


def test_a_database_put_back_to_an_earlier_day_is_read_again(session, searcher, post):
    first = post()
    savepoint = session.begin_nested()
    post()
    assert len(searcher.state(session, KIND)) == 2
    savepoint.rollback()
    assert live(searcher.state(session, KIND)) == {first.id.hex}


def test_without_a_model_search_is_lexical_and_the_log_says_why(settings):
    broken = settings.model_copy(update={"encoder": "no/such-model"})
    with capture_logs() as said:
        assert isinstance(configured_encoder(broken), NoEncoder)
    assert "no/such-model" in said[0]["error"]
    assert issubclass(EncoderMissing, Exception)


def test_postings_indexed_without_a_model_are_found_by_their_words(session, tmp_path):
    capability = factories.capability(session)
    index_posting(session, NoEncoder(), KIND, capability.id)
    state = Searcher(tmp_path, NoEncoder).state(session, KIND)
    assert live(state) == {capability.id.hex}
    assert state.share(["插", "接"]).any()


def test_a_saved_index_is_started_from_without_reading_a_text(session, tmp_path, encoder, post, monkeypatch):
    first = post()
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    monkeypatch.setattr("matching.searcher.weighed", lambda *_: pytest.fail("a text was read"))
    state = Searcher(tmp_path, lambda: encoder).state(session, KIND)
    assert live(state) == {first.id.hex}
    assert state.share(["插", "接"]).any()


def test_a_saved_index_of_another_thesaurus_keeps_its_vectors_and_weighs_the_texts(session, tmp_path, encoder, post):
    first = post()
    write_snapshot(holding(session), encoder, KIND, tmp_path, Thesaurus([Group(("插接", "榫接"))]))
    state = Searcher(tmp_path, lambda: encoder).state(session, KIND)
    assert state.vector(first.id.hex) is not None
    assert state.share(["插", "接"]).any()


@pytest.mark.parametrize("name", ["stream.bin", "ids.bin", "moments.bin", "keys.npy", "offsets.bin"])
def test_any_file_cut_short_is_noticed(session, tmp_path, encoder, post, name):
    first = post()
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    (tmp_path / KIND / name).write_bytes((tmp_path / KIND / name).read_bytes()[:-1])
    with capture_logs() as said:
        assert live(Searcher(tmp_path, lambda: encoder).state(session, KIND)) == {first.id.hex}
    assert "cut short" in said[0]["error"]


def test_a_newer_saved_index_takes_the_place_of_many_changes(session, searcher, encoder, post, monkeypatch):
    monkeypatch.setattr("matching.searcher._LARGEST_DELTA", 2)
    monkeypatch.setattr(searcher, "_exact", lambda *_: pytest.fail("everything was read again"))
    posted = {post().id.hex for _ in range(12)}
    write_snapshot(holding(session), encoder, KIND, searcher._folder)
    searcher.state(session, KIND)
    posted |= {post().id.hex for _ in range(3)}
    write_snapshot(holding(session), encoder, KIND, searcher._folder)
    assert len(searcher.state(session, KIND).main) == 12
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join()
    posted.add(post().id.hex)
    state = searcher.state(session, KIND)
    assert (len(state.main), live(state)) == (15, posted)


def test_under_a_feed_searches_do_not_wait_for_each_row(session, searcher, post):
    searcher.state(session, KIND)
    searcher._catching_up = Pace(3, 0)
    before = [searcher.state(session, KIND) for _ in range(20) if post()]
    assert [len(state) for state in before] == [1, 2, *[3] * 18]
    searcher._catching_up = Pace()
    assert len(searcher.state(session, KIND)) == 20


@pytest.fixture
def site(private_url, tmp_path, encoder):
    """A database with connections to spare, as a site has it, and a searcher that holds two postings."""
    database = Database.connect(private_url)
    with database.write() as session:
        for title in ("自动导引车调度", "水产饲料"):
            index_posting(session, encoder, KIND, factories.capability(session, title=title, claims=()).id)
    searcher = Searcher(tmp_path / "index", lambda: encoder)
    with database.read() as session:
        searcher.state(session, KIND)
    yield database, searcher
    database.engine.dispose()


def made_anew() -> None:
    for thread in threading.enumerate():
        if thread.name == "index":
            thread.join(30)


def test_words_that_changed_are_weighed_beside_the_searching(site, monkeypatch):
    database, searcher = site
    other, go_on = Thesaurus([Group(("AGV", "自动导引车"))]), threading.Event()
    monkeypatch.setattr(searcher, "thesaurus", lambda _: other)
    monkeypatch.setattr("matching.searcher.weighed", lambda *asked: go_on.wait(30) and weighed(*asked))
    with database.read() as session:
        held = searcher.state(session, KIND)
        assert held.thesaurus.version != other.version
        assert held.scores(held.weigh("自动导引车"), None).max() > 0
        go_on.set()
        made_anew()
        state = searcher.state(session, KIND)
    assert state.thesaurus.version == other.version
    assert state.scores(state.weigh("AGV"), None).max() > 0


def test_many_changes_are_taken_together_beside_the_searching(site, encoder, monkeypatch):
    monkeypatch.setattr("matching.searcher._LARGEST_DELTA", 1)
    database, searcher = site

    def post() -> str:
        with database.write() as session:
            capability = factories.capability(session, claims=())
            index_posting(session, encoder, KIND, capability.id)
            return capability.id.hex
    posted = {post() for _ in range(3)}
    with database.read() as session:
        assert posted <= live(searcher.state(session, KIND))
    made_anew()
    posted.add(post())
    with database.read() as session:
        state = searcher.state(session, KIND)
    assert posted <= live(state)
    assert (len(state), len(state.main)) == (6, 5)


def test_what_cannot_be_made_anew_leaves_the_search_as_it_was(site, monkeypatch):
    database, searcher = site
    monkeypatch.setattr(searcher, "thesaurus", lambda _: Thesaurus([Group(("AGV", "自动导引车"))]))
    monkeypatch.setattr("matching.searcher.live_vectors", lambda *_: 1 / 0)
    with database.read() as session, capture_logs() as said:
        held = searcher.state(session, KIND)
        made_anew()
        assert searcher.state(session, KIND) is held
        made_anew()
    assert "could not be made anew" in said[0]["event"]
