"""Reasons that were worked out once, kept for the next look: reading sixty candidates takes ten times a search.

Nothing kept here can go stale. Reasons are a pure function of the targets' words, of everything the other side wrote,
with its facts, and of the thesaurus: the key is a digest of all three, so that whatever changes is simply not found.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from matching.reasons.judging import explain
from matching.reasons.targets import Phrase, Target, TargetReason, Verdict
from matching.reasons.written import Written
from matching.thesaurus.thesaurus import Thesaurus, using

MOST = 60_000
"""Pairs kept, those asked for last: of a thousand demands with their sixty candidates, some 60 MB at three targets."""


class _Kept(NamedTuple):
    """A reason without its texts, which are at hand whenever it is asked for. `place`: of the passage; −1 for none."""

    verdict: Verdict
    place: int
    phrases: tuple[Phrase, ...]
    figure_met: bool | None
    topic: float


class Explained:
    """The reasons of a process, by content."""

    def __init__(self, most: int = MOST):
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[tuple[bytes, bytes], tuple[_Kept, ...]] = OrderedDict()

    def reasons(self, asked: "Asked", written: Written) -> tuple[TargetReason, ...]:
        """What `explain` gives for these targets and all these passages."""
        key = asked.digest, written.digest
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None:
            return _with_texts(kept, asked.targets, written)
        with using(asked.thesaurus):
            reasons = explain(asked.targets, written.passages)
        with self._lock:
            self._kept[key] = _without_texts(reasons, written)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return reasons

    def __len__(self) -> int:
        return len(self._kept)


class Asked:
    """Targets, and the thesaurus by which they are read. Whether one is required or derived changes no reason."""

    def __init__(self, targets: Sequence[Target], thesaurus: Thesaurus):
        self.targets, self.thesaurus = tuple(targets), thesaurus
        words = repr([(target.what, target.figure) for target in self.targets])
        self.digest = hashlib.blake2b(f"{thesaurus.version}\n{words}".encode("utf-8", "backslashreplace"),
                                      digest_size=16).digest()


def _without_texts(reasons: Sequence[TargetReason], written: Written) -> tuple[_Kept, ...]:
    place = {id(passage): at for at, passage in enumerate(written.passages)}
    return tuple(_Kept(r.verdict, place[id(r.passage)] if r.passage else -1, r.phrases, r.figure_met, r.topic)
                 for r in reasons)


def _with_texts(kept: Sequence[_Kept], targets: Sequence[Target], written: Written) -> tuple[TargetReason, ...]:
    return tuple(TargetReason(target, one.verdict, written.passages[one.place] if one.place >= 0 else None,
                              one.phrases, one.figure_met, one.topic)
                 for target, one in zip(targets, kept, strict=True))
