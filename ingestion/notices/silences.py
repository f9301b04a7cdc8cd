"""What a notice leaves open, named value by value: nobody fills it in silently."""

import re
from collections.abc import Iterator

from ingestion.notices.notice import Award, Notice, Phase, Track, Value

ALWAYS = ("title", "document_number", "issuers", "issued_on", "addressees", "tracks", "phases", "eligibility",
          "indicators", "materials", "awards", "contacts")


def silences(notice: Notice, text: str) -> tuple[str, ...]:
    """The names of all silent values: the key, then which one of the list, then its field."""
    return (*_keys(notice), *_of_tracks(notice), *_of_phases(notice), *_of_indicators(notice),
                  *_of_awards(notice), *_of_quotas(notice), *_notice_days(notice, text))


def _keys(notice: Notice) -> Iterator[str]:
    for key in ALWAYS:
        said = getattr(notice, key)
        if not said or isinstance(said, Value) and said.value is None:
            yield key


def _of_tracks(notice: Notice) -> Iterator[str]:
    for track in notice.tracks:
        if track.entrants.value is None:
            yield f"{track_key(track)}.entrants"
    if notice.tracks and all(track.code.value is None for track in notice.tracks):
        yield "tracks.code"


def _of_phases(notice: Notice) -> Iterator[str]:
    for phase in notice.phases:
        yield from (f"{phase_key(phase)}.{field}" for field in ("starts_on", "ends_on")
                    if getattr(phase, field).value is None)


def _of_indicators(notice: Notice) -> Iterator[str]:
    for one in notice.indicators:
        if one.weight.value is None:
            yield f"indicators.{_joined(one.track, one.name)}.weight"


def _of_awards(notice: Notice) -> Iterator[str]:
    for award in notice.awards:
        yield from (f"{award_key(award)}.{field}" for field in ("places", "amount_min", "amount_max")
                    if getattr(award, field).value is None)


def _of_quotas(notice: Notice) -> Iterator[str]:
    yield from (f"quotas.{quota.name.value}.number" for quota in notice.quotas if quota.number.value is None)


def _notice_days(notice: Notice, text: str) -> Iterator[str]:
    """公示 that names no number of days."""
    if "公示" in text and not any("公示" in (one.name.value or "") + (one.within.value or "")
                                for one in notice.deadlines if one.within.value):
        yield "deadlines.公示.within"


def track_key(track: Track) -> str:
    return f"tracks.{track.name.value}"


def phase_key(phase: Phase) -> str:
    return f"phases.{phase.name.value}"


def award_key(award: Award) -> str:
    return f"awards.{_joined(award.track, award.name)}"


def _joined(*parts: Value[str]) -> str:
    return ".".join(re.sub(r"\.", "", part.value) for part in parts if part.value)
