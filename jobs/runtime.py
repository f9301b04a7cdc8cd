"""What a job works with: settings, database, encoder and signer, made once a process and only when first needed."""

import functools

import settings as configuration
from ledger.signer import Signer
from matching.embedding import Encoder, configured
from matching.searcher import Searcher
from models.database import Database


class Runtime:
    """One process's share of the product."""

    def __init__(self, settings: configuration.Settings, database: Database | None = None):
        self.settings = settings
        self.database = database or Database.connect(settings.database)

    @functools.cached_property
    def encoder(self) -> Encoder:
        """The configured model. Raises EncoderMissing where it cannot be had.

        The shipped one is also a plain table, which is read at once; `load_library` puts sentence-transformers in its
        place. A test of matching holds both to the same numbers.
        """
        return configured(self.settings, light=True)

    def load_library(self) -> None:
        """Load the model through sentence-transformers, which takes seconds: for a thread beside the work."""
        self.encoder = configured(self.settings)

    @functools.cached_property
    def searcher(self) -> Searcher:
        """What recommendations are asked of here, with this runtime's model."""
        return Searcher(self.settings.index_folder, lambda: self.encoder)

    @functools.cached_property
    def signer(self) -> Signer:
        """Whoever holds this signs the ledger's checkpoints: the worker, nobody else."""
        return Signer.open(self.settings.keys_folder)


@functools.cache
def runtime() -> Runtime:
    """The runtime of this process, from the environment."""
    return Runtime(configuration.load())
