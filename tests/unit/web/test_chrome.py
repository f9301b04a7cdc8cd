"""The deadline clock: a last day counts whole, in Asia/Shanghai."""

import datetime as dt

from models.base import clock_at
from web.chrome import clock_of

LAST_DAY = dt.date(2026, 11, 22)


def at(text: str):
    return clock_at(dt.datetime.fromisoformat(f"{text}+08:00"))


def test_a_demand_without_a_last_day_has_no_clock():
    assert clock_of(None).none


def test_days_and_hours_run_to_midnight_after_the_last_day():
    with at("2026-11-18T17:00"):
        clock = clock_of(LAST_DAY)
    assert (clock.days, clock.hours, clock.soon) == (4, 7, True)


def test_five_whole_days_are_not_soon():
    with at("2026-11-17T23:00"):
        assert not clock_of(LAST_DAY).soon


def test_the_last_minute_still_counts():
    with at("2026-11-22T23:59"):
        clock = clock_of(LAST_DAY)
    assert (clock.over, clock.days, clock.hours, clock.minutes) == (False, 0, 0, 1)


def test_it_is_over_at_midnight():
    with at("2026-11-23T00:00"):
        assert clock_of(LAST_DAY).over


def test_the_bar_shows_how_much_of_the_span_is_gone():
    with at("2026-11-18T00:00"):
        assert clock_of(LAST_DAY, dt.date(2026, 11, 13)).percent == 50
