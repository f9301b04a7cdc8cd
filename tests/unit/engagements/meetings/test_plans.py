"""From the request to the published plan: nothing clashes, what is held fast stays, everybody hears of their day."""

import datetime as dt

import pytest

from engagements import activities
from engagements.meetings import answers, changes, participants, plans, setup
from engagements.meetings.clock import slots_of
from engagements.meetings.offers import offers
from engagements.meetings.publication import publish
from models.audit import Notice
from models.base import clock_at, now
from models.capabilities import Dismissal, DismissalCode
from models.demands import Confidentiality
from models.engagements import Opening
from models.errors import Conflict, Forbidden, Invalid, NotFound
from models.interests import ConflictOfInterest
from models.meetings import MeetingState, PlanState
from tests import factories
from tests.support.matching_days import arranged, scene, solved

WEEK = dt.timedelta(days=7)


@pytest.fixture
def made(session):
    return scene(session)


@pytest.fixture
def published(session, made):
    plan = arranged(session, made)
    publish(session, made.clerk, plan)
    return plan


def contact_of(meeting):
    return meeting.demand.author


class TestSettingUp:
    def test_the_slots_follow_from_the_first_minute_and_the_break(self, session):
        day = scene(session, 0, 0, slots=3, minutes=20, pause=5, break_after=2, break_minutes=10).day
        assert [slot.span for slot in slots_of(day)] == ["09:00–09:20", "09:25–09:45", "10:00–10:20"]

    def test_two_at_once_do_not_overwrite_each_other(self, session, made):
        with pytest.raises(Conflict):
            setup.set_up(session, made.clerk, made.activity, setup.DayForm(), version=0)

    @pytest.mark.parametrize(("form", "field"), [
        ({"slots": 0}, "slots"), ({"tables": 201}, "tables"), ({"demand_least": 3, "demand_most": 2}, "demand_least"),
        ({"slots": 3, "break_after": 4}, "break_after"), ({"slots": 48, "minutes": 60}, "slots"),
    ])
    def test_an_impossible_day_is_refused(self, session, made, form, field):
        with pytest.raises(Invalid) as refusal:
            setup.set_up(session, made.clerk, made.activity, setup.DayForm(**form), made.day.version)
        assert refusal.value.field == field

    def test_only_staff_set_up_a_day(self, session, made):
        with pytest.raises(Forbidden):
            setup.set_up(session, made.experts[0].user, made.activity, setup.DayForm(), made.day.version)

    def test_an_internal_demand_does_not_take_part(self, session, made):
        hidden = factories.demand(session, confidentiality=Confidentiality.internal)
        with pytest.raises(Invalid):
            participants.put_in(session, made.clerk, made.day, hidden)

    def test_who_signed_up_takes_part_and_who_gave_up_does_not(self, session, made):
        person = factories.expert(session)
        activities.sign_up(session, person.user, made.activity)
        assert person in [guest.expert for guest in participants.guests(session, made.day)]
        activities.give_up_seat(session, person.user, made.activity)
        assert person not in [guest.expert for guest in participants.guests(session, made.day)]

    def test_hours_upside_down_are_refused(self, session, made):
        form = participants.TermsForm(arrives_at="11:00", leaves_at="10:00")
        with pytest.raises(Invalid):
            participants.set_expert_terms(session, made.clerk, made.day, made.experts[0].id, form)


class TestArranging:
    def test_every_demand_meets_and_nobody_is_in_two_places(self, session, made):
        plan = arranged(session, made)
        assert plan.state is PlanState.draft
        assert {one.demand_id for one in plan.meetings} == {demand.id for demand in made.demands}
        assert plan.figures["proven"]
        assert len({(one.slot, one.expert_id) for one in plan.meetings}) == len(plan.meetings)

    def test_the_same_day_gives_the_same_plan(self, session, made):
        plan = plans.request_plan(session, made.clerk, made.day)
        assert solved(session, plan) == solved(session, plan)

    def test_nobody_came(self, session):
        plan = arranged(session, scene(session, 0, 0))
        assert (plan.meetings, plan.figures["meetings"]) == ([], 0)

    def test_demands_without_experts_are_told_that_nobody_fits(self, session):
        plan = arranged(session, scene(session, 2, 0))
        assert [(left.bound, left.short) for left in plan.leftovers] == [("nobody_fits", 1)] * 2

    def test_one_slot_one_table(self, session):
        made = scene(session, 3, 3, slots=1, tables=1)
        plan = arranged(session, made)
        assert len(plan.meetings) == 1
        tables = [left for left in plan.leftovers if left.demand_id and left.bound == "tables"]
        assert len(tables) == 2
        assert {one["remedy"] for one in tables[0].relaxations} == {"slot", "table"}

    def test_a_dismissed_pair_does_not_meet_and_that_is_the_reason(self, session):
        made = scene(session, 1, 1)
        factories.add(session, Dismissal(demand_id=made.demands[0].id, expert_id=made.experts[0].id,
                                         by_user_id=made.demands[0].author_id, code=DismissalCode.no_time))
        plan = arranged(session, made)
        assert plan.meetings == []
        assert plan.leftovers[0].bound == "excluded"

    def test_who_comes_late_meets_late(self, session):
        made = scene(session, 1, 1)
        participants.set_expert_terms(session, made.clerk, made.day, made.experts[0].id,
                                      participants.TermsForm(arrives_at="09:40"))
        meeting, = arranged(session, made).meetings
        assert meeting.slot == 2

    def test_pins_stay_through_the_next_run(self, session, made):
        meeting = arranged(session, made).meetings[0]
        changes.move(session, made.clerk, meeting, meeting.version, 2, 3)
        again = arranged(session, made)
        assert (meeting.demand_id, meeting.expert_id, 2, 3, True) in [
            (one.demand_id, one.expert_id, one.slot, one.table, one.pinned) for one in again.meetings]
        assert meeting.plan.state is PlanState.replaced

    def test_one_run_at_a_time(self, session, made):
        plans.request_plan(session, made.clerk, made.day)
        with pytest.raises(Conflict):
            plans.request_plan(session, made.clerk, made.day)

    def test_a_result_that_comes_twice_is_written_once(self, session, made):
        plan = plans.request_plan(session, made.clerk, made.day)
        found = solved(session, plan)
        plans.store_plan(session, plan, found)
        plans.store_plan(session, plan, found)
        assert len(plan.meetings) == len(found.placed)


class TestChanging:
    def test_a_taken_place_is_refused(self, session, made):
        first, second = arranged(session, made).meetings[:2]
        with pytest.raises(Conflict, match="已经有"):
            changes.move(session, made.clerk, first, first.version, second.slot, second.table)

    def test_a_place_that_does_not_exist_is_refused(self, session, made):
        first = arranged(session, made).meetings[0]
        with pytest.raises(Invalid):
            changes.move(session, made.clerk, first, first.version, 3, 0)

    def test_a_change_made_from_an_old_page_is_refused(self, session, made):
        first = arranged(session, made).meetings[0]
        seen = first.version
        changes.pin(session, made.clerk, first, seen, True)
        with pytest.raises(Conflict):
            changes.pin(session, made.clerk, first, seen, False)

    def test_two_meetings_change_places(self, session):
        made = scene(session, 2, 2, demand_most=1, expert_most=1)
        first, second = arranged(session, made).meetings
        places = (first.slot, first.table), (second.slot, second.table)
        changes.swap(session, made.clerk, first, first.version, second.id)
        assert ((second.slot, second.table), (first.slot, first.table)) == places
        assert second.state is MeetingState.planned

    def test_a_cancelled_place_is_offered_and_filled(self, session, published, made):
        meeting = published.meetings[0]
        changes.cancel(session, made.clerk, meeting, meeting.version, "样件没到")
        offer = offers(session, published)[meeting.id][0]
        filled = changes.fill(session, made.clerk, published, offer.demand.id, offer.expert.id, offer.slot, offer.table)
        assert (filled.slot, filled.table, filled.pinned) == (meeting.slot, meeting.table, True)

    def test_nobody_fills_a_place_with_a_pair_in_declared_conflict(self, session, made):
        demand, expert = made.demands[0], made.experts[0]
        factories.add(session, ConflictOfInterest(expert_id=expert.id, against_id=demand.organisation_id, reason="亲属",
                                                  declared_by_id=expert.user_id))
        plan = arranged(session, made)
        assert (demand.id, expert.id) not in [(one.demand_id, one.expert_id) for one in plan.meetings]
        with pytest.raises(Forbidden, match="利益回避"):
            changes.fill(session, made.clerk, plan, demand.id, expert.id, 2, 3)


class TestPublishing:
    def test_everybody_who_meets_is_told_once(self, session, published, made):
        told = session.query(Notice).filter(Notice.text.contains("日程出来了")).all()
        people = {one.expert.user_id for one in published.meetings} | {contact_of(one).id for one in published.meetings}
        assert sorted(notice.user_id for notice in told) == sorted(people)

    def test_the_next_version_tells_only_those_whose_day_changed(self, session, published, made):
        before = session.query(Notice).count()
        publish(session, made.clerk, arranged(session, made))
        assert session.query(Notice).count() == before
        assert published.state is PlanState.replaced

    def test_a_plan_is_published_once(self, session, published, made):
        with pytest.raises(Conflict):
            publish(session, made.clerk, published)

    def test_answers_are_carried_over(self, session, published, made):
        draft = arranged(session, made)
        meeting = published.meetings[0]
        answers.confirm(session, meeting.expert.user, meeting)
        publish(session, made.clerk, draft)
        same, = [one for one in draft.meetings if (one.demand_id, one.expert_id) ==
                 (meeting.demand_id, meeting.expert_id)]
        assert same.expert_confirmed_at == meeting.expert_confirmed_at


class TestAnswering:
    def test_a_declined_meeting_frees_its_place_and_the_other_side_hears(self, session, published, made):
        meeting = published.meetings[0]
        answers.decline(session, meeting.expert.user, meeting)
        assert meeting.state is MeetingState.declined
        assert "对方来不了" in session.query(Notice).filter_by(user_id=contact_of(meeting).id).all()[-1].text
        assert meeting.id in offers(session, published)

    def test_the_next_run_does_not_bring_a_declined_pair_together(self, session, published, made):
        meeting = published.meetings[0]
        answers.decline(session, contact_of(meeting), meeting)
        again = arranged(session, made)
        assert (meeting.demand_id, meeting.expert_id) not in [(o.demand_id, o.expert_id) for o in again.meetings]

    def test_nobody_else_answers(self, session, published):
        with pytest.raises(NotFound):
            answers.confirm(session, factories.expert(session).user, published.meetings[0])

    def test_an_expert_who_signs_off_after_publication_leaves_every_meeting(self, session, made):
        person = made.experts[0].user
        activities.sign_up(session, person, made.activity)
        plan = arranged(session, made)
        publish(session, made.clerk, plan)
        mine = [one for one in plan.meetings if one.expert.user_id == person.id]
        activities.give_up_seat(session, person, made.activity)
        assert mine
        assert {one.state for one in mine} == {MeetingState.declined}
        assert person.id not in {guest.expert.user_id for guest in participants.guests(session, made.day)}

    def test_held_is_noted_on_the_day_and_opens_an_engagement_with_one_press(self, session, published, made):
        meeting = published.meetings[0]
        with pytest.raises(Conflict):
            answers.mark(session, made.clerk, meeting, meeting.version, held=True)
        with clock_at(now() + WEEK):
            answers.mark(session, made.clerk, meeting, meeting.version, held=True)
            engagement = answers.engage(session, meeting.expert.user, meeting)
        assert engagement.opening is Opening.interest
        assert answers.engagement_of(session, meeting) is engagement

    def test_the_enterprise_opens_it_as_well(self, session, published, made):
        meeting = published.meetings[0]
        with clock_at(now() + WEEK):
            answers.mark(session, made.clerk, meeting, meeting.version, held=True)
            assert answers.engage(session, contact_of(meeting), meeting).opening is Opening.invitation

    def test_a_meeting_that_was_not_held_opens_nothing(self, session, published):
        meeting = published.meetings[0]
        with pytest.raises(Conflict):
            answers.engage(session, meeting.expert.user, meeting)
