"""The three-way verdict: what one side wrote, compared with one target, and the passage that answers a target best."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from matching.reasons.comparing import figures_met
from matching.reasons.phrases import Meeting, Prepared, coverage, meet
from matching.reasons.quantities import comparable, kinds_named
from matching.reasons.subjects import same_subject
from matching.reasons.targets import Passage, Phrase, Target, TargetReason, Verdict

MET_ALONE, MET, PARTLY, MENTIONED = 0.58, 0.37, 0.4, 0.15
"""Shares of a target's key words, by weight, that must have met: to be covered together with a figure that is met, to
be covered where no figure is asked for, to be mentioned at all, and to be mentioned where a thing it names met."""
_TITLE_SHARE = 0.8
_NEGATED = re.compile(r"(?:不(?:使用|采用|添加|用|含|加)|不得|无(?![人线损缝菌纺尘])|免(?!疫)|没有|避免|杜绝)[^，,；;。、]{0,3}$")
_UNDONE = re.compile(r"[不无免非未零防除]|没有|避免|杜绝|替代|治理|控制|抑制|降低|减少|解决|消|改善")


def explain(targets: Sequence[Target], passages: Sequence[Passage]) -> tuple[TargetReason, ...]:
    """One reason a target, in the demand's order; phrases are numbered through the whole list."""
    reasons, number = [], 1
    for target in targets:
        reason = best_reason(target, passages)
        phrases = tuple(replace(p, number=number + i) for i, p in enumerate(reason.phrases))
        number += len(phrases)
        reasons.append(replace(reason, phrases=phrases))
    return tuple(reasons)


_ORDER = {Verdict.covered: 2, Verdict.partly: 1, Verdict.not_mentioned: 0}


def best_reason(target: Target, passages: Iterable[Passage]) -> TargetReason:
    """The passage that answers best. Ties: figures met, more of the topic, verified, the shorter text, the text."""
    best, key = TargetReason(target, Verdict.not_mentioned), None
    for passage in passages:
        reason = judge(target, passage)
        if reason.verdict is Verdict.not_mentioned:
            continue
        rank = (-_ORDER[reason.verdict], -(reason.figure_met or 0), -reason.topic, not passage.verified,
                len(passage.text), passage.text)
        if key is None or rank < key:
            best, key = reason, rank
    return best


def judge(target: Target, passage: Passage) -> TargetReason:
    """Compare one target with one passage."""
    asked, said = target.prepared, passage.prepared
    graded = target.asks_grades
    meetings = meet(asked, said)
    if not meetings and not graded:  # nothing of the topic is here: the rest of the work could only find the same
        return TargetReason(target, Verdict.not_mentioned)
    beside = meetings + (meet(asked, passage.heading) if passage.context else [])
    topic = _topic(target, meetings, beside)
    if topic < (MENTIONED if target.asked_figures else MET) and not graded:
        return TargetReason(target, Verdict.not_mentioned, topic=topic)
    met = figures_met(target, said, meetings)
    verdict = _verdict(target, passage, meetings, beside, topic, met)
    if verdict is Verdict.not_mentioned:
        return TargetReason(target, verdict, topic=topic)
    return TargetReason(target, verdict, passage, _phrases(asked, said, meetings), met, topic)


def _verdict(target: Target, passage: Passage, meetings: list[Meeting], beside: list[Meeting], topic: float,
             met: bool | None) -> Verdict:
    about = same_subject(target, beside)
    if not target.asked_figures:
        if about and topic >= MET_ALONE and not _denied(target.prepared, passage.prepared, meetings):
            return Verdict.covered
        return Verdict.partly if meetings and topic >= (PARTLY if about else MET) else Verdict.not_mentioned
    graded = target.asks_grades
    if met and (about and topic >= MENTIONED or graded):
        return Verdict.covered
    kinds = kinds_named(target.prepared.folded.text), kinds_named(passage.text)
    named = met is not None or topic >= MET and comparable(*kinds)
    if graded and met is None:
        named = topic >= MET_ALONE
    return Verdict.partly if named and (about and topic >= MENTIONED or graded) else Verdict.not_mentioned


def _topic(target: Target, meetings: list[Meeting], beside: list[Meeting]) -> float:
    """How much of what the target is about was met: in the passage, and at half weight in the title above it."""
    quantity = coverage(target.prepared, meetings, target.quantity(0, len(target.prepared.folded.text)))
    whole = coverage(target.prepared, meetings)
    here = max((quantity + whole) / 2, whole)
    return here + _TITLE_SHARE * (coverage(target.prepared, beside) - whole) if quantity else here


def _denied(asked: Prepared, said: Prepared, meetings: Iterable[Meeting]) -> bool:
    """The target asks to be without something that the passage speaks of with no sign of being without it."""
    for m in meetings:
        if _NEGATED.search(asked.folded.text[:m.asked[0]]):
            start, end = said.clause(m.said[0])
            if not _UNDONE.search(said.folded.text[start:m.said[0]] + said.folded.text[m.said[1]:end]):
                return True
    return False


def _phrases(asked: Prepared, said: Prepared, meetings: Iterable[Meeting]) -> tuple[Phrase, ...]:
    """The phrases to mark. Of two on the same words of the passage the longer: each number stands on both sides."""
    shown: list[Meeting] = []
    for m in sorted(meetings, key=lambda m: (m.said[0] - m.said[1], m.asked)):
        if not any(m.said[0] < kept.said[1] and kept.said[0] < m.said[1] for kept in shown):
            shown.append(m)
    shown.sort(key=lambda m: m.asked)
    return tuple(Phrase(i + 1, asked.folded.span(*m.asked), said.folded.span(*m.said)) for i, m in enumerate(shown))
