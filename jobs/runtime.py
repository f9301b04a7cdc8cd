"""What a job works with: settings, database, encoder and signer, made once a process and only when first needed."""

import functools
import uuid
from dataclasses import dataclass, field

import settings as configuration
from ledger.signer import Signer
from matching.encoders import generations
from matching.encoders.embedding import Encoder
from matching.encoders.loading import Encoders, first_encoder
from matching.following import Searchers
from matching.searcher import Searcher
from models.database import Database
from models.encoders import EncoderGeneration, GenerationState
from models.index import PostingKind


@dataclass
class Preparation:
    """How far this process is with the generation that is being prepared. A head start: the rows say what is done."""

    generation: EncoderGeneration
    encoder: Encoder
    batch: int = 8
    """Postings a transaction, grown and shrunk by the time they take."""
    after: dict[PostingKind, uuid.UUID] = field(default_factory=dict)
    until: float = 0.0


class Runtime:
    """One process's share of the product."""

    settings_followed = False
    """Whether the model that the settings name was asked for since this process started."""
    work: Preparation | None = None

    def __init__(self, settings: configuration.Settings, database: Database | None = None):
        self.settings = settings
        self.database = database or Database.connect(settings.database)

    @functools.cached_property
    def encoders(self) -> Encoders:
        return Encoders(self.settings)

    @property
    def encoder(self) -> Encoder:
        """The model in use; one that gives zeros where its files are not at hand.

        The shipped one is computed with numpy, by the worker too: sooner than through sentence-transformers, which
        loads torch. A test of matching holds both to the same numbers.
        """
        with self.database.read() as session:
            generation = generations.in_use(session)
        return self.encoders.of(generation) if generation else first_encoder(self.settings)

    def followed(self) -> list[Encoder]:
        """The encoders under which a changed posting is embedded, the one in use first."""
        with self.database.read() as session:
            kept = generations.kept(session)
        self.encoders.keep({generation.name for generation in kept})
        found = [self.encoders.of(generation) for generation in kept]
        in_use = any(generation.state is GenerationState.in_use for generation in kept)
        return found if in_use else [first_encoder(self.settings), *found]

    @functools.cached_property
    def searchers(self) -> Searchers:
        return Searchers(self.settings, self.encoders)

    @property
    def searcher(self) -> Searcher:
        """What recommendations are asked of here, under the model in use: take it once for one piece of work."""
        self.searchers.load(self.database.read)
        with self.database.read() as session:
            return self.searchers.current(session)

    @functools.cached_property
    def signer(self) -> Signer:
        """Whoever holds this signs the ledger's checkpoints: the worker, nobody else."""
        return Signer.open(self.settings.keys_folder)


@functools.cache
def runtime() -> Runtime:
    """The runtime of this process, from the environment."""
    return Runtime(configuration.load())
