"""Duties by the clock: due, met, late, overdue; the clock jumps from last day to last day."""

import datetime as dt

import pytest

from contests.lifecycles.deadlines import Return, Standing, Step, deadlines, next_day, overdue


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def steps(*made: str) -> list[Step]:
    """`move day [period]` each."""
    return [Step(move, day(on), day(period[0]) if period else None)
            for move, on, *period in (one.split() for one in made)]


@pytest.fixture
def standings(permit):
    """Code and last day of each duty → how it stands."""
    def of(today: str, *made: str, returns=()) -> dict[str, str]:
        found = deadlines(permit, steps(*made), day(today), None, returns)
        return {f"{one.clock.code} {one.due}": one.standing(day(today)).value for one in found}
    return of


APPROVED = ("ask 2023-05-01", "approve 2023-06-01")


def test_no_clock_runs_before_its_move(standings):
    assert standings("2023-06-01", "ask 2023-05-01") == {}


def test_clocks_run_from_the_move_that_starts_them(standings):
    assert standings("2023-06-10", *APPROVED) == {
        "papers 2023-07-01": "running", "report 2024-02-29": "running", "trial_years 2026-06-01": "running"}


def test_the_last_day_counts_and_the_next_is_overdue(standings):
    assert standings("2023-07-01", *APPROVED)["papers 2023-07-01"] == "running"
    assert standings("2023-07-02", *APPROVED)["papers 2023-07-01"] == "overdue"


def test_a_duty_of_two_signatures_is_met_by_both(standings):
    one, both = "sign_city 2023-06-20", "sign_unit 2023-06-25"
    assert standings("2023-06-30", *APPROVED, one)["papers 2023-07-01"] == "running"
    assert standings("2023-06-30", *APPROVED, one, both)["papers 2023-07-01"] == "met"


def test_what_came_late_is_late_for_good(standings):
    found = standings("2024-01-01", *APPROVED, "sign_city 2023-06-20", "sign_unit 2023-07-02")
    assert found["papers 2023-07-01"] == "late"


def test_reports_fall_due_at_the_end_of_february_from_the_year_after(standings):
    found = standings("2026-01-05", *APPROVED, "report 2024-02-10 2024-02-29")
    assert {due: how for due, how in found.items() if due.startswith("report")} == {
        "report 2024-02-29": "met", "report 2025-02-28": "overdue", "report 2026-02-28": "running"}


def test_a_return_made_elsewhere_meets_its_year(standings):
    returned = Return("report", day("2025-02-28"), day("2025-03-01"))
    assert standings("2025-03-02", *APPROVED, returns=[returned])["report 2025-02-28"] == "late"


def test_a_clock_ends_where_the_case_goes_another_way(standings):
    found = standings("2027-01-01", *APPROVED, "fail 2025-01-10")
    assert (found["trial_years 2026-06-01"], found["repair 2026-01-10"]) == ("void", "overdue")


def test_the_end_ends_every_clock(standings):
    found = standings("2027-01-01", *APPROVED, "fail 2025-01-10", "close 2026-02-01")
    assert found["repair 2026-01-10"] == "missed"
    assert [due for due in found if due.startswith("report")][-1] == "report 2026-02-28"


def test_an_unsaid_length_is_shown_as_such(permit):
    clocks = tuple(clock.model_copy(update={"years": "unsaid"}) if clock.code == "repair" else clock
                   for clock in permit.clocks)
    open_ended = permit.model_copy(update={"clocks": clocks})
    found = deadlines(open_ended, steps(*APPROVED, "fail 2025-01-10"), day("2025-06-01"), None)
    assert found[-1].standing(day("2025-06-01")) is Standing.undated


def test_the_simulated_clock_jumps_to_each_last_day(permit):
    today, jumps = day("2023-06-01"), []
    while today < day("2026-06-01"):
        today = next_day(deadlines(permit, steps(*APPROVED), today, None), today)
        jumps.append(today.isoformat())
        today += dt.timedelta(days=1)
    assert jumps == ["2023-07-01", "2024-02-29", "2025-02-28", "2026-02-28", "2026-06-01"]


def test_overdue_lists_what_is_past_and_unmet(permit):
    found = deadlines(permit, steps(*APPROVED), day("2024-03-01"), None)
    assert [one.clock.code for one in overdue(found, day("2024-03-01"))] == ["papers", "report"]
