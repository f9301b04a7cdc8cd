"""What one process holds for searching, brought up to date by a cheap poll before each search."""

import functools
import pathlib
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from matching.encoders.embedding import Encoder, EncoderMissing, NoEncoder, configured, embed_postings
from matching.index.folders import IndexDamaged, StoreAway, read_facts
from matching.index.milvus import MilvusStore, vector_store
from matching.index.segments import built
from matching.index.snapshots import Saved, folder_of, load_snapshot
from matching.index.state import Entry, Segment, State
from matching.learning.kernel import KernelRanker
from matching.learning.reranking import InUse
from matching.lexical.bm25 import Bm25, weigh, weighing
from matching.pace import Pace, gently
from matching.postings import read_public, sealed_mark
from matching.ranking import Posting
from matching.reasons.explained import Explained
from matching.thesaurus.table import Version, read_thesaurus, thesaurus_version
from matching.thesaurus.thesaurus import Thesaurus
from matching.vectors import Change, changes_since, last_seq, live_vectors, query_vector, weighed
from models.database import Reader, holding
from models.index import PostingKind
from settings import Settings

log = structlog.get_logger()
_LARGEST_DELTA = 500
_Documents = Iterator[dict[str, float]]
_Pace = Callable[[_Documents], _Documents]
"""How the texts are gone through: `iter` at once, `gently` beside the searching."""
_Make = Callable[[Reader, _Pace], State]


def configured_encoder(settings: Settings, light: bool = False) -> Encoder:
    """The encoder that the settings name; `NoEncoder`, with an error in the log, if it cannot be had."""
    try:
        return configured(settings, light)
    except EncoderMissing as error:
        log.error("no encoder, search is lexical only", error=str(error))
        return NoEncoder()


class Searcher:
    """One a process. A posting that the worker has indexed is found by the next search: no restart, no reload."""

    def __init__(self, folder: pathlib.Path, encoder: Callable[[], Encoder], store: MilvusStore | None = None):
        """`folder` holds the saved indexes; `encoder` is called once, when first needed; `store` has their vectors."""
        self._folder, self._make_encoder, self._store = folder, encoder, store
        self._states: dict[PostingKind, State] = {}
        self._thesaurus: tuple[Version, Thesaurus] | None = None
        self._public: tuple[tuple[State, tuple], State] | None = None
        """What everybody may read of the demands, with the state and the mark it was made at."""
        self._lock = threading.Lock()
        self._catching_up = Pace()
        self._starting = Pace(burst=4, rate=0.1)
        """How often everything is made anew, should it fail."""
        self._renewing: set[PostingKind] = set()
        self._renewed: dict[PostingKind, State] = {}
        """Read from a newer saved index beside the searching, for the next change to start from."""
        self._renewed_at: dict[PostingKind, int] = {}
        """The seq of the saved index that each kind was last read from."""
        self._learned = InUse()
        self.explained = Explained()
        """What was read for the lists of recommendations, for the next look at them."""

    @classmethod
    def from_settings(cls, settings: Settings, light: bool = True) -> "Searcher":
        """`light`: queries are embedded without torch where the model allows it."""
        encoder = configured_encoder(settings, light)
        return cls(folder_of(settings.index_folder, encoder.name), lambda: encoder, vector_store(settings))

    @functools.cached_property
    def encoder(self) -> Encoder:
        return self._make_encoder()

    def state(self, session: Session, kind: PostingKind) -> State:
        """The postings of one kind as the database has them now."""
        newest, thesaurus = last_seq(session, kind), self.thesaurus(session)
        state = self._states.get(kind)
        same = state is not None and state.thesaurus.version == thesaurus.version
        if same and (state.seq == newest or state.seq < newest and not self._catching_up.due()):
            return state
        # Words alone that changed make nothing wrong that is held: others search by it while one weighs all anew.
        if not self._lock.acquire(blocking=state is None or state.seq != newest):
            return state
        try:
            state = self._states[kind] = self._current(holding(session), kind, newest, thesaurus, _beside(session))
        finally:
            self._lock.release()
        return state

    def ready(self) -> bool:
        """Whether both kinds are held, so that `state` reads only what changed."""
        return len(self._states) == len(PostingKind)

    def load(self, read: Reader) -> None:
        """Hold both kinds, in short looks at the database: before the first `state`, which reads all of it in one."""
        for kind in PostingKind:
            with self._lock:
                if kind not in self._states:
                    with read() as session:
                        newest, thesaurus = last_seq(session, kind), self.thesaurus(session)
                    self._states[kind] = self._current(read, kind, newest, thesaurus)

    def public_demands(self, session: Session) -> State:
        """The demands as everybody may read them: what searches by strangers go through.

        Neither whether a confidential one is found nor where it stands may depend on what it seals, or words could be
        tried until one hits. Its public words alone are weighed; its vector, made of the full text, is left out.
        """
        state = self.state(session, PostingKind.demand)
        mark, known = (state, sealed_mark(session)), self._public
        if known is None or known[0][0] is not state or known[0][1] != mark[1]:
            unseen = np.zeros(self.encoder.dimensions, np.float32)
            public = state.with_changes(((p.id, Entry(p.id, weigh(p.title, p.body, state.thesaurus), unseen))
                                         for p in read_public(session)), state.seq)
            known = self._public = mark, public
        return known[1]

    def thesaurus(self, session: Session) -> Thesaurus:
        """The thesaurus as the database has it now."""
        held, version = self._thesaurus, thesaurus_version(session)
        if held is None or held[0] != version:
            held = self._thesaurus = version, read_thesaurus(session)
        return held[1]

    def asking(self, session: Session, kind: PostingKind, posting: Posting) -> np.ndarray:
        """float32 (dimensions,): what a posting asks with. Stored, or made now for one that is not indexed (a draft, or
        just published)."""
        if self.encoder.symmetric:
            found = _told(self.state(session, kind).vector(posting.id))
        else:
            found = query_vector(session, self.encoder.name, kind, uuid.UUID(posting.id))
        return embed_postings(self.encoder, [posting.title], [posting.body], query=True)[0] if found is None else found

    def found_by(self, session: Session, kind: PostingKind, posting: Posting) -> np.ndarray:
        """float32 (dimensions,): what a posting is found by, stored or made now; what learned pairs are compared by."""
        found = _told(self.state(session, kind).vector(posting.id))
        return embed_postings(self.encoder, [posting.title], [posting.body])[0] if found is None else found

    def learned(self, session: Session) -> KernelRanker | None:
        """The ranker in use, where it was made for this encoder."""
        return self._learned.ranker(session, self.encoder.name)

    def _current(self, read: Reader, kind: PostingKind, newest: int, thesaurus: Thesaurus,
                 beside: Reader | None = None) -> State:
        """`beside`: for a thread of its own, where there may be one."""
        state = self._renewed.pop(kind, None) or self._states.get(kind)
        if state is None or state.seq > newest:  # first use, or the database was put back to an earlier day
            state = self._whole(read, kind, newest, thesaurus)
        state = self._caught_up(read, kind, state, newest)
        if state.thesaurus.version != thesaurus.version:
            state = self._anew(read, beside, kind, state,
                               lambda own, pace: self._whole(own, kind, newest, thesaurus, pace))
        elif len(state.changed) > max(_LARGEST_DELTA, len(state.main) // 4):
            state = self._anew(read, beside, kind, state,
                               lambda own, pace: self._exact(own, kind, newest, thesaurus, pace))
        elif len(state.changed) > max(_LARGEST_DELTA, len(state.main) // 32):
            self._renew(kind, state)
        return state

    def _whole(self, read: Reader, kind: PostingKind, newest: int, thesaurus: Thesaurus,
               pace: _Pace = iter) -> State:
        """Every posting, from the saved index where it can be used."""
        saved = self._saved(read, kind, newest, thesaurus, pace)
        return self._exact(read, kind, newest, thesaurus, pace) if saved is None else saved

    def _anew(self, read: Reader, beside: Reader | None, kind: PostingKind, state: State, make: _Make) -> State:
        """Have everything made anew beside the searching, which goes on with what is held: for a hundred thousand
        postings that takes a minute, and nobody waits for it. At once where there is no second connection for it.
        """
        if beside is None:
            return self._caught_up(read, kind, make(read, iter), state.seq)
        if kind not in self._renewing and self._starting.due():
            self._renewing.add(kind)
            threading.Thread(target=self._make, args=(beside, kind, make), name="index", daemon=True).start()
        return state

    def _make(self, read: Reader, kind: PostingKind, make: _Make) -> None:
        try:
            self._renewed[kind] = make(read, gently)
        except Exception:  # searches go on with what is held, and it is tried again
            log.exception("the index could not be made anew", kind=kind)
        finally:
            self._renewing.discard(kind)

    def _renew(self, kind: PostingKind, state: State) -> None:
        """Read a newer saved index, if there is one, while searches go on; the next change then starts from it."""
        if kind in self._renewing or not self.encoder.dimensions:
            return
        try:
            if int(read_facts(self._folder / kind)["seq"]) <= self._renewed_at.get(kind, 0):
                return
        except (IndexDamaged, KeyError, ValueError):
            return
        self._renewing.add(kind)
        threading.Thread(target=self._read, args=(kind, state), name="index", daemon=True).start()

    def _read(self, kind: PostingKind, state: State) -> None:
        try:
            saved = load_snapshot(self._folder / kind, self.encoder.name, state.seq, weighing(state.thesaurus),
                                  self._store)
            if saved.lexical is not None:
                self._renewed_at[kind] = saved.seq
                self._renewed[kind] = _started(saved, saved.lexical, state.thesaurus)
        except (IndexDamaged, StoreAway) as error:
            log.warning("saved index not used, going on from the one in memory", error=str(error))
        finally:
            self._renewing.discard(kind)

    def _saved(self, read: Reader, kind: PostingKind, newest: int, thesaurus: Thesaurus,
               pace: _Pace = iter) -> State | None:
        """The saved index, or None where the database must be read instead."""
        if not self.encoder.dimensions or not (self._folder / kind).exists():
            return None
        try:
            saved = load_snapshot(self._folder / kind, self.encoder.name, newest, weighing(thesaurus), self._store)
        except (IndexDamaged, StoreAway) as error:
            log.warning("saved index not used, reading every vector from the database", error=str(error))
            return None
        self._renewed_at[kind] = saved.seq
        lexical = saved.lexical or Bm25(pace(weighed(read, kind, [uuid.UUID(key) for key in saved.ids], thesaurus)))
        return _started(saved, lexical, thesaurus)

    def _exact(self, read: Reader, kind: PostingKind, seq: int, thesaurus: Thesaurus, pace: _Pace = iter) -> State:
        """Every posting, read from the database: each text is weighed and let go."""
        with read() as session:
            ids, vectors, last = live_vectors(session, self.encoder.name, kind)
        documents = pace(weighed(read, kind, ids, thesaurus))
        return State(built([key.hex for key in ids], documents, vectors), max(seq, last), thesaurus=thesaurus)

    def _caught_up(self, read: Reader, kind: PostingKind, state: State, newest: int) -> State:
        if state.seq >= newest:
            return state
        with read() as session:
            changes = changes_since(session, self.encoder.name, kind, state.seq)
        return state.with_changes(((c.posting.id, _entry(c, state.thesaurus) if c.live else None) for c in changes),
                                  max([newest, *(c.seq for c in changes)]))


def _beside(session: Session) -> Reader | None:
    """Sessions like this one for a thread; None where it is all on one connection."""
    engine = session.get_bind()
    return (lambda: Session(engine)) if isinstance(engine, Engine) else None


def _told(vector: np.ndarray | None) -> np.ndarray | None:
    """The vector, or None where zeros stand for one that is still to be made."""
    return vector if vector is not None and vector.any() else None


def _entry(change: Change, thesaurus: Thesaurus) -> Entry:
    return Entry(change.posting.id, _weighed(change.posting.title, change.posting.body, thesaurus), change.vector)


@functools.lru_cache(maxsize=_LARGEST_DELTA)
def _weighed(title: str, body: str, thesaurus: Thesaurus) -> Mapping[str, float]:
    """`weigh`, kept a while: under a feed a posting changes twice, first its words are known and then its vector."""
    return weigh(title, body, thesaurus)


def _started(saved: Saved, lexical: Bm25, thesaurus: Thesaurus) -> State:
    return State(Segment(saved.ids, lexical, saved.index, saved.moments), saved.seq, thesaurus=thesaurus)
