"""When the slots of a matching day are: derived from its first minute, the length of a meeting, the pauses."""

from dataclasses import dataclass

from models.errors import Invalid
from models.meetings import MatchingDay, Terms

MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Slot:
    """`number` from 0; `starts`, `ends`: 09:25, in Asia/Shanghai."""

    number: int
    starts: str
    ends: str

    @property
    def span(self) -> str:
        return f"{self.starts}–{self.ends}"


def slots_of(day: MatchingDay) -> list[Slot]:
    """Every slot of the day, the first at the event's own time."""
    return [Slot(number, _written(start), _written(start + day.minutes))
            for number, start in enumerate(_starts(day))]


def ends_before_midnight(day: MatchingDay) -> None:
    """Raise Invalid where the last meeting would run into the next day."""
    if _starts(day)[-1] + day.minutes >= MIDNIGHT:
        raise Invalid("照这样排，最后一场要过半夜。减少场数，或缩短每场时间", field="slots")


def is_there(slot: Slot, terms: Terms | None) -> bool:
    """Whether somebody who comes and goes as `terms` say is there for the whole slot."""
    if terms is None:
        return True
    return terms.arrives_at <= slot.starts and (not terms.leaves_at or slot.ends <= terms.leaves_at)


def _starts(day: MatchingDay) -> list[int]:
    """Minutes from midnight."""
    hours, minutes = day.activity.starts_at.split(":")
    first, step = int(hours) * 60 + int(minutes), day.minutes + day.pause
    return [first + number * step + (day.break_minutes if day.break_after and number >= day.break_after else 0)
            for number in range(day.slots)]


def _written(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
