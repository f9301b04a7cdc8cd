"""The told histories and events of the demo city: who acts, in what order, and whether the rules would let them."""

import re

import pytest

from models.activities import ActivityKind
from models.demands import CooperationType
from models.engagements import EndCode
from tests.support.demo_city import (
    ACTIVITIES,
    BROKERS,
    DEMANDS,
    EVERYBODY,
    EXPERTS,
    FITS,
    ORGANISATIONS,
    PEOPLE,
    STORIES,
    claims_of,
)

ACTS = {
    "interest": {"take", "invite"}, "visit": {"visit"}, "trial": {"trial"}, "recorded": {"record"},
    "corrected": {"correct"}, "shares": {"propose_shares"}, "waiting": {"confirm", "agree_shares"},
    "verified": {"approve"},
    "returned": {"return"}, "refused": {"end"},
}
"""The last act that leaves a history in its state."""
STAFF = {person["ref"] for person in PEOPLE["staff"]}
SIDES = {"enterprise", "expert"}
BY = {"take": {"expert"}, "invite": {"enterprise"}, "introduce": set(BROKERS), "propose_shares": set(BROKERS),
      "agree_shares": set(BROKERS), "approve": STAFF, "return": STAFF}
"""Who may do what; every other act is one of the two sides'."""
UNIT = re.compile(r"[≤≥±][^\d]*[\d.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?\s*(%|[^\d，,、；（）\s]{1,4})")
"""The unit behind a figure that has a comparator."""


def moment(row):
    """Larger is later."""
    hours, minutes = map(int, row["at"].split(":"))
    return -row["days_ago"] * 1440 + hours * 60 + minutes


def acts(story, name):
    return [event for event in story["events"] if event["act"] == name]


def opened(story):
    """The moment both sides were in talks."""
    if story["brokers"]:
        first = acts(story, "consent")
        broker = next(event["broker"] for number, event in enumerate(first)
                      if event["broker"] in {one["broker"] for one in first[:number]})
        return max(moment(event) for event in first if event["broker"] == broker)
    return moment(story["events"][0])


every_story = pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)


class TestStories:
    @every_story
    def test_it_names_a_posted_demand_and_an_expert_from_elsewhere(self, story):
        demand = DEMANDS[story["demand"]]
        assert demand["status"] == "published"
        assert EXPERTS[story["expert"]]["organisation"] != demand["enterprise"]

    @every_story
    def test_acts_are_in_order_and_each_by_somebody_who_may(self, story):
        moments = [moment(event) for event in story["events"]]
        assert moments == sorted(set(moments))
        assert all(event["by"] in BY.get(event["act"], SIDES) for event in story["events"])
        assert story["events"][-1]["act"] in ACTS[story["state"]]

    @every_story
    def test_it_opens_while_the_demand_is_posted(self, story):
        demand = DEMANDS[story["demand"]]
        first = story["events"][0]["days_ago"]
        assert -demand["days_left"] <= first < demand["posted_days_ago"]

    @every_story
    def test_every_broker_had_both_sides_consent(self, story):
        agreed = {(event["broker"], event["by"]) for event in acts(story, "consent")}
        assert {event["by"] for event in acts(story, "introduce")} == set(story["brokers"])
        assert agreed == {(broker, side) for broker in story["brokers"] for side in SIDES}

    @every_story
    def test_people_talk_once_they_are_in_touch(self, story):
        moments = [moment(row) for row in story["messages"]]
        assert 1 <= len(moments) <= 6
        assert moments == sorted(set(moments))
        assert min(moments) > opened(story)
        assert all(max(moments) < moment(event) for event in acts(story, "end"))

    @every_story
    def test_a_refusal_has_a_code(self, story):
        assert all(EndCode(event["code"]) and event["note"] for event in acts(story, "end"))

    def test_the_queue_waits_up_to_eight_days(self):
        waits = [story["events"][-1]["days_ago"] for story in STORIES.values() if story["state"] == "waiting"]
        assert min(waits) == 0
        assert max(waits) == 8

    def test_a_demand_is_taken_by_one_contract_only(self):
        taken = [story["demand"] for story in STORIES.values() if story["contract"]]
        assert len(taken) == len(set(taken))


@pytest.mark.parametrize("story", [one for one in STORIES.values() if one["contract"]], ids=lambda one: one["ref"])
class TestContracts:
    def test_its_terms_are_sound(self, story):
        contract, demand = story["contract"], DEMANDS[story["demand"]]
        assert CooperationType(contract["type"]) == demand["cooperation_type"]
        assert demand["budget_min"] * 0.5 <= contract["amount"] <= demand["budget_max"] * 1.5
        assert contract["expected_benefit"] >= contract["amount"]
        assert contract["party_a"] == ORGANISATIONS[demand["enterprise"]]["name"]
        assert contract["party_b"] == ORGANISATIONS[EXPERTS[story["expert"]]["organisation"]]["name"]

    def test_it_was_signed_after_the_talks_began_and_recorded_later(self, story):
        signed = story["contract"]["signed_days_ago"]
        record = acts(story, "record")[0]
        consents = [event["days_ago"] for event in acts(story, "consent")]
        assert all(day >= signed for day in consents)
        assert signed >= record["days_ago"]
        assert record["by"] == story["contract"]["recorded_by"]

    def test_the_other_side_confirms_the_last_words(self, story):
        written = [event for event in story["events"] if event["act"] in ("record", "correct")]
        assert all(one["by"] != other["by"] for one, other in zip(written, written[1:], strict=False))
        assert all(event["by"] != written[-1]["by"] for event in acts(story, "confirm"))
        assert bool(acts(story, "confirm")) == (story["state"] not in ("recorded", "corrected"))

    def test_two_brokers_divide_all_of_the_credit(self, story):
        proposals = acts(story, "propose_shares")
        assert bool(proposals) == (len(story["brokers"]) > 1)
        for event in proposals:
            assert set(event["percents"]) == set(story["brokers"])
            assert sum(event["percents"].values()) == 100

    def test_realised_benefit_comes_after_signing_and_only_from_verified_work(self, story):
        assert not story["benefits"] or story["state"] == "verified"
        for report in story["benefits"]:
            assert report["days_ago"] <= report["until_days_ago"] < story["contract"]["signed_days_ago"]
            assert report["realised"] > 0


class TestActivities:
    @pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row["ref"])
    def test_it_names_known_people_and_demands(self, row):
        people = [*row["attendees"], *row["absent"], *row.get("signed_up", [])]
        assert ActivityKind(row["kind"])
        assert row["organiser"] in ORGANISATIONS
        assert set(people) <= set(EVERYBODY)
        assert len(people) == len(set(people)) <= row["seats"]
        assert set(row["demands"]) <= set(DEMANDS)

    @pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row["ref"])
    def test_people_came_only_to_what_is_past(self, row):
        assert bool(row["attendees"]) == (row["days_from_now"] < 0)
        assert -row["days_from_now"] < row["announced_days_ago"]

    @pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row["ref"])
    def test_demands_on_the_programme_were_public_and_open_that_day(self, row):
        day = max(0, -row["days_from_now"])
        for ref in row["demands"]:
            demand = DEMANDS[ref]
            assert (demand["status"], demand["confidentiality"]) == ("published", "public")
            assert demand["posted_days_ago"] > day
            assert all(day > event["days_ago"] for story in STORIES.values() if story["demand"] == ref
                       for event in acts(story, "confirm"))

    def test_some_are_past_and_some_to_come(self):
        assert {row["days_from_now"] < 0 for row in ACTIVITIES} == {True, False}


def pairs(verdict):
    return [(demand, expert) for demand, fit in FITS.items() for expert, judged in fit.items() if judged == verdict]


class TestFits:
    def test_every_demand_is_judged_by_a_known_word(self):
        assert set(FITS) == set(DEMANDS)
        assert {verdict for fit in FITS.values() for verdict in fit.values()} == {"full", "part", "conflict"}

    @pytest.mark.parametrize(("demand", "expert"), pairs("full"))
    def test_a_full_fit_has_a_figure_in_the_unit_of_every_required_target(self, demand, expert):
        said = " ".join(claims_of(expert))
        for target in DEMANDS[demand]["targets"]:
            unit = UNIT.search(target["figure"])
            assert not (target["required"] and unit) or unit[1] in said

    @pytest.mark.parametrize(("demand", "expert"), pairs("conflict"))
    def test_a_conflict_is_one(self, demand, expert):
        assert EXPERTS[expert]["organisation"] == DEMANDS[demand]["enterprise"]

    @pytest.mark.parametrize(("demand", "expert"), pairs("full") + pairs("part"))
    def test_whoever_fits_works_elsewhere(self, demand, expert):
        assert EXPERTS[expert]["organisation"] != DEMANDS[demand]["enterprise"]
