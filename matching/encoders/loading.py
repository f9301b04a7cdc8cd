"""The encoders of one process, by generation: found again by their fingerprint, loaded once."""

import shutil
import threading
import time
import uuid
from collections.abc import Iterator

import structlog

from matching.encoders.embedding import (
    Encoder,
    EncoderMissing,
    NoEncoder,
    configured,
    fetch,
    load_files,
    name_of,
    wishes,
)
from matching.encoders.instructions import NONE, Instructions, instructions_of
from matching.encoders.model_files import ModelFiles, find_model
from matching.index.snapshots import slug
from models.encoders import EncoderGeneration
from settings import Settings

RETRY_SECONDS = 60.0
log = structlog.get_logger()


def identify(settings: Settings) -> tuple[ModelFiles, Instructions, str]:
    """Files, instructions and name of the encoder that the settings name, read from its files without loading it.

    It is downloaded where it is not here and the settings allow it. EncoderMissing if it cannot be had.
    """
    files = fetch(settings.encoder, settings.allow_model_hub)
    try:
        instructions = instructions_of(files.folder, files.label, wishes(settings))
        return files, instructions, name_of(files, instructions)
    except (OSError, ValueError) as error:
        raise EncoderMissing(f"向量模型“{files.label}”（{files.folder}）读不了：{error}。请检查 JIEBANG_ENCODER。") from error


def source_of(files: ModelFiles, setting: str) -> str:
    """What to find these files by from any folder: an absolute path, a hub name, or nothing for the shipped model."""
    return str(files.folder.resolve()) if setting and files.label != setting else setting


def instructions_for(generation: EncoderGeneration) -> Instructions:
    """Its instructions, as a wish: an empty one means none, whatever the model says."""
    return Instructions(generation.query_prompt or NONE, generation.document_prompt or NONE, generation.tokens)


def load_generation(settings: Settings, generation: EncoderGeneration, light: bool = False) -> Encoder:
    """Its encoder, from where it was configured or from the copy. EncoderMissing where neither is that model."""
    for files in places(settings, generation):
        return load_files(files, light, instructions_for(generation), generation.name)
    raise EncoderMissing(f"向量模型“{generation.name}”的文件不在了，或已经换成别的（原来在“{generation.source or '程序自带'}”）。"
                         "请放回原处，或换上别的模型。")


def places(settings: Settings, generation: EncoderGeneration) -> Iterator[ModelFiles]:
    """Where its files lie now: only those that still give its name."""
    label = generation.name.rsplit("@", 1)[0]
    try:
        configured = find_model(generation.source)
    except EncoderMissing:
        configured = None
    copy = settings.models_folder / slug(generation.name)
    wished = instructions_for(generation)
    for files in filter(None, (configured, ModelFiles(label, copy) if copy.is_dir() else None)):
        try:
            if name_of(files, instructions_of(files.folder, files.label, wished)) == generation.name:
                yield files
        except (OSError, ValueError) as error:
            log.warning("model folder cannot be read", folder=str(files.folder), error=str(error))


def keep_copy(settings: Settings, generation: EncoderGeneration) -> bool:
    """Keep the files of a table, so that it can be rolled back to after the program was updated; whether it did now.

    A transformer is not copied: it may be large, and lies in a folder that an update does not touch.
    """
    files = next(places(settings, generation), None)
    target = settings.models_folder / slug(generation.name)
    if files is None or not files.marked or target.is_dir():
        return False
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    shutil.copytree(files.folder, draft)
    draft.rename(target)
    return True


def first_encoder(settings: Settings) -> Encoder:
    """Before any generation is in use: what is going to be, if it takes no time to load, else none."""
    try:
        files = find_model(settings.encoder)
        return configured(settings, light=True) if files and files.marked else NoEncoder()
    except EncoderMissing as error:
        log.error("no encoder, search is lexical only", error=str(error))
        return NoEncoder()


class Encoders:
    """Encoders by generation. One that cannot be had is said in the log, and tried again after a minute."""

    def __init__(self, settings: Settings, light: bool = True):
        self._settings, self._light = settings, light
        self._loaded: dict[str, Encoder] = {}
        self._failed: dict[str, float] = {}
        self._lock = threading.RLock()

    def load(self, generation: EncoderGeneration) -> Encoder:
        """Its encoder. EncoderMissing where it cannot be had now."""
        with self._lock:
            if generation.name not in self._loaded:
                self._loaded[generation.name] = load_generation(self._settings, generation, self._light)
            return self._loaded[generation.name]

    def of(self, generation: EncoderGeneration) -> Encoder:
        """The same, or one that gives zeros: postings are then found by their words."""
        if time.monotonic() < self._failed.get(generation.name, 0.0):
            return NoEncoder(generation.name, generation.dimensions)
        try:
            return self.load(generation)
        except EncoderMissing as error:
            log.error("no encoder, search is lexical only", error=str(error))
            self._failed[generation.name] = time.monotonic() + RETRY_SECONDS
            return NoEncoder(generation.name, generation.dimensions)

    def quick(self, generation: EncoderGeneration) -> bool:
        """Whether loading it takes no time worth a thread."""
        files = next(places(self._settings, generation), None)
        return files is not None and files.marked and self._light

    def keep(self, names: set[str]) -> None:
        """Forget the others."""
        with self._lock:
            for name in set(self._loaded) - names:
                del self._loaded[name]
