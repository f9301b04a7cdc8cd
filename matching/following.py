"""The searcher of a web process, which follows the generation in use.

A searcher belongs to one encoder for all its life: vectors of two models never meet. A switch makes another searcher.
"""

import threading
import time
from collections.abc import Callable, Sequence

import numpy as np
import structlog
from sqlalchemy.orm import Session

from matching.encoders.embedding import Encoder, EncoderMissing, NoEncoder
from matching.encoders.generations import in_use, name_in_use
from matching.encoders.loading import Encoders, first_encoder
from matching.fusion import Fusion
from matching.index.milvus import vector_store
from matching.index.snapshots import folder_of
from matching.searcher import Searcher
from models.database import Reader, holding
from models.encoders import EncoderGeneration
from settings import Settings

RETRY_SECONDS = 60.0
log = structlog.get_logger()


class LateEncoder:
    """An encoder that is loaded in a thread beside the work, which for a transformer takes seconds.

    Until then, and where it cannot be had, a text has no vector: typed words are searched as words. Recommendations
    compare stored vectors and lose nothing.
    """

    def __init__(self, name: str, dimensions: int, symmetric: bool, load: Callable[[], Encoder]):
        self.name, self.dimensions, self.symmetric = name, dimensions, symmetric
        self._load, self._due = load, 0.0
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self.loading: threading.Thread | None = None
        self.encode([])

    @property
    def fusion(self) -> Fusion:
        """The model's own weights; those of the shipped one until it is there."""
        return self._encoder.fusion if self._encoder else Fusion()

    def encode(self, texts: Sequence[str], query: bool = False) -> np.ndarray:
        if self._encoder is None:
            self._begin()
            return NoEncoder(self.name, self.dimensions).encode(texts)
        try:
            with self._lock:  # a tokenizer serves one thread at a time
                return self._encoder.encode(texts, query)
        except EncoderMissing as error:
            log.error("the model fails, searching by words", error=str(error))
            return NoEncoder(self.name, self.dimensions).encode(texts)

    def _begin(self) -> None:
        with self._lock:
            if time.monotonic() >= self._due and not (self.loading and self.loading.is_alive()):
                self._due = time.monotonic() + RETRY_SECONDS
                self.loading = threading.Thread(target=self._fetch, name="encoder", daemon=True)
                self.loading.start()

    def _fetch(self) -> None:
        found = self._load()
        if not isinstance(found, NoEncoder):
            self._encoder = found


class Searchers:
    """One a process: `current` gives the searcher of the generation in use, the same one until that changes."""

    def __init__(self, settings: Settings, encoders: Encoders | None = None):
        """`encoders`: those of a process that has others to follow as well."""
        self._settings, self._encoders, self._alone = settings, encoders or Encoders(settings), encoders is None
        self._current: tuple[str, Searcher] | None = None
        self._lock = threading.Lock()

    def current(self, session: Session) -> Searcher:
        """The searcher for one request. After a switch one request reads the new vectors; the others do not wait:

        the generation that was in use is kept up to date and answers as before.
        """
        if self._outdated(name_in_use(session)) and self._lock.acquire(blocking=self._current is None):
            try:
                generation = in_use(session)
                if self._outdated(generation.name if generation else ""):
                    self._take(generation, holding(session))
            finally:
                self._lock.release()
        return self._current[1]

    def ready(self, session: Session) -> Searcher | None:
        """What `current` gives, where it and its searcher have at hand what they need of the generation in use."""
        held = self._current
        if held is None or held[0] != name_in_use(session) or not held[1].ready():
            return None
        return held[1]

    def load(self, read: Reader) -> None:
        """Make them ready, in short looks at the database. Where there is an older generation to search, one does."""
        with read() as session:
            generation = in_use(session)
        if not self._lock.acquire(blocking=self._current is None or not self._current[1].ready()):
            return
        try:
            if self._outdated(generation.name if generation else ""):
                self._take(generation, read)
            self._current[1].load(read)
        finally:
            self._lock.release()

    def _outdated(self, name: str) -> bool:
        return self._current is None or self._current[0] != name

    def _take(self, generation: EncoderGeneration | None, read: Reader) -> None:
        encoder = self._encoder(generation)
        found = Searcher(folder_of(self._settings.index_folder, encoder.name), lambda: encoder,
                         vector_store(self._settings))
        if self._current is not None:
            found.load(read)
            if self._alone:
                self._encoders.keep({encoder.name})
        self._current = generation.name if generation else "", found

    def _encoder(self, generation: EncoderGeneration | None) -> Encoder:
        if generation is None:
            return first_encoder(self._settings)
        if self._encoders.quick(generation):
            found = self._encoders.of(generation)
            if not isinstance(found, NoEncoder):
                return found
        return LateEncoder(generation.name, generation.dimensions, generation.symmetric,
                           lambda: self._encoders.of(generation))
