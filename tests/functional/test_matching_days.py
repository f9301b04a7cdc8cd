"""The matching day through the browser's eyes: set up, arranged, changed, published, answered, printed."""

import datetime as dt
import io

import openpyxl
import pytest
from pypdfium2 import PdfDocument

from engagements import activities
from engagements.meetings import answers, changes, participants
from engagements.meetings.publication import publish
from models.activities import ActivityKind
from models.audit import Notice
from models.base import clock_at, now, today
from models.demands import Confidentiality
from models.engagements import Engagement
from models.meetings import MatchingDay, MeetingPlan, MeetingState, PlanState
from tests import factories
from tests.support.matching_days import arranged, index, scene

WEEK = dt.timedelta(days=7)
FORM = {"slots": "3", "minutes": "20", "pause": "5", "tables": "4", "break_after": "0", "break_minutes": "0",
        "demand_least": "1", "demand_most": "2", "expert_least": "1", "expert_most": "6", "partial": "1",
        "version": "0"}


@pytest.fixture
def made(session):
    return scene(session)


@pytest.fixture
def draft(session, made):
    return arranged(session, made)


@pytest.fixture
def published(session, made, draft):
    publish(session, made.clerk, draft)
    return draft


def base(made) -> str:
    return f"/staff/matching-days/{made.activity.id}"


def text_of(content: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in PdfDocument(content))


class TestSettingUp:
    def test_staff_set_up_the_day_of_a_matching_event(self, client, session):
        clerk = factories.staff(session)
        activity = activities.announce(session, clerk, activities.Programme(
            ActivityKind.matching, "秋季对接会", today() + WEEK, "13:30", "会展中心"))
        client.login(clerk)
        assert "排日程" in client.get(f"/events/{activity.id}").text
        url = f"/staff/matching-days/{activity.id}"
        assert client.get(url).status_code == 404
        wrong = client.post(f"{url}/settings", data=FORM | {"slots": "x", "tables": "0"})
        assert wrong.status_code == 422
        assert 'href="#slots"' in wrong.text
        assert client.post(f"{url}/settings", data=FORM).status_code == 302
        assert session.get(MatchingDay, activity.id).tables == 4

    def test_a_form_from_before_somebody_elses_change_keeps_what_was_typed(self, client, made):
        answer = client.login(made.clerk).post(f"{base(made)}/settings", data=FORM | {"tables": "77"})
        assert answer.status_code == 409
        assert 'value="77"' in answer.text

    def test_the_programme_comes_in_with_one_press(self, client, session, made):
        demand = factories.demand(session)
        activities.put_on_programme(session, made.clerk, made.activity, demand)
        client.login(made.clerk).post(f"{base(made)}/demands", data={"programme": "1"})
        assert demand.id in {row.demand_id for row in participants.demands(session, made.day)}

    def test_an_expert_is_found_and_invited(self, client, session, made):
        expert = factories.expert(session, name="令狐砚")
        client.login(made.clerk)
        assert "令狐砚" in client.get(f"{base(made)}/participants?words=令狐").text
        client.post(f"{base(made)}/experts", data={"expert_id": expert.id})
        assert session.query(Notice).filter_by(user_id=expert.user_id).count() == 1

    def test_hours_and_limits_are_kept_and_faults_are_said(self, client, session, made):
        url = f"{base(made)}/experts/{made.experts[0].id}"
        client.login(made.clerk).post(url, data={"most": "3", "arrives_at": "09:40"})
        assert "09:40 到" in client.get(f"{base(made)}/participants").text
        client.post(url, data={"most": "3", "arrives_at": "9点"})
        assert "时间写成" in client.get(f"{base(made)}/participants").text


class TestThePlan:
    def test_the_page_waits_for_the_worker_and_then_shows_the_grid(self, client, session, made):
        client.login(made.clerk).post(f"{base(made)}/arrange")
        plan = session.query(MeetingPlan).one()
        assert plan.state is PlanState.queued
        assert "正在排第 1 版" in client.get(base(made)).text

    @pytest.mark.parametrize("by", ["table", "firm", "expert"])
    def test_the_plan_is_read_by_table_enterprise_and_expert(self, client, made, draft, by):
        page = client.login(made.clerk).get(f"{base(made)}?by={by}").text
        for expert in {one.expert.name for one in draft.meetings}:
            assert expert in page

    def test_who_was_left_out_is_named_with_a_remedy_that_is_one_press(self, client, session):
        made = scene(session, 3, 1, slots=2, tables=4)
        arranged(session, made)
        page = client.login(made.clerk).get(base(made)).text
        assert "对得上的专家都排满了" in page
        assert "多开一个时段再排" in page
        client.post(f"{base(made)}/relax", data={"remedy": "slot", "subject": ""})
        assert made.day.slots == 3
        assert session.query(MeetingPlan).filter_by(state=PlanState.queued).count() == 1

    def test_a_remedy_that_does_not_exist_changes_nothing(self, client, session, made, draft):
        client.login(made.clerk).post(f"{base(made)}/relax", data={"remedy": "magic"})
        assert session.query(MeetingPlan).count() == 1

    def test_a_meeting_is_moved_from_its_page(self, client, session, made, draft):
        meeting = draft.meetings[0]
        url = f"{base(made)}/meetings/{meeting.id}"
        client.login(made.clerk).post(f"{url}/move", data={"place": "2-3", "version": meeting.version})
        assert (meeting.slot, meeting.table, meeting.pinned) == (2, 3, True)
        client.post(f"{url}/move", data={"place": "", "version": meeting.version})
        assert "没有这个时段或这张桌子" in client.get(url).text

    def test_a_stale_press_is_told_so(self, client, made, draft):
        url = f"{base(made)}/meetings/{draft.meetings[0].id}"
        client.login(made.clerk).post(f"{url}/cancel", data={"version": 99})
        assert "别人刚改过" in client.get(url).text

    def test_members_do_not_see_a_draft(self, client, made, draft):
        client.login(made.experts[0].user)
        assert client.get(base(made)).status_code == 403
        assert "您的场次" not in client.get(f"/events/{made.activity.id}").text

    def test_publishing_tells_and_shows(self, client, session, made, draft):
        client.login(made.clerk).post(f"{base(made)}/publish", data={"plan_id": draft.id})
        assert draft.state is PlanState.published
        one = draft.meetings[0]
        page = client.login(one.expert.user).get(f"/events/{made.activity.id}").text
        assert "您的场次" in page
        assert one.demand.organisation.display_name in page

    def test_the_desk_says_what_waits_for_an_answer(self, client, session, made, published):
        one = published.meetings[0]
        client.login(one.expert.user)
        assert "确认对接会的场次" in client.get("/desk").text
        for meeting in published.meetings:
            if meeting.expert_id == one.expert_id:
                answers.confirm(session, one.expert.user, meeting)
        assert "确认对接会的场次" not in client.get("/desk").text

    def test_a_freed_place_is_filled_from_the_page(self, client, session, made, published):
        answers.decline(session, published.meetings[0].expert.user, published.meetings[0])
        page = client.login(made.clerk).get(base(made)).text
        assert "空出来的 1 场，可以补" in page


class TestTheDay:
    def test_one_side_confirms_the_other_declines(self, client, session, made, published):
        one, two = published.meetings[:2]
        url = f"/events/{made.activity.id}/meetings"
        client.login(one.expert.user).post(f"{url}/{one.id}/confirm")
        client.login(two.demand.author).post(f"{url}/{two.id}/decline")
        assert one.expert_confirmed_at
        assert two.state is MeetingState.declined

    def test_a_stranger_answers_nothing(self, client, session, made, published):
        client.login(factories.expert(session).user)
        url = f"/events/{made.activity.id}/meetings/{published.meetings[0].id}"
        assert [client.post(f"{url}/{act}").status_code for act in ("confirm", "decline", "engage")] == [404] * 3

    def test_a_held_meeting_goes_on_as_an_engagement(self, client, session, made, published):
        one = published.meetings[0]
        with clock_at(now() + WEEK):
            client.login(made.clerk).post(f"{base(made)}/meetings/{one.id}/mark",
                                          data={"held": "1", "version": one.version})
            client.login(one.expert.user)
            for _press in range(2):
                answer = client.post(f"/events/{made.activity.id}/meetings/{one.id}/engage")
                assert "/engagements/" in answer.headers["Location"]
        assert session.query(Engagement).count() == 1


class TestPaper:
    @pytest.fixture
    def secret(self, session, made):
        """A confidential demand of a firm that nobody may name, on the plan."""
        firm = factories.organisation(session, name="秘名精密机械有限公司", short_name="秘名精密")
        demand = factories.demand(session, organisation=firm, confidentiality=Confidentiality.nda)
        participants.put_in(session, made.clerk, made.day, demand)
        index(session, [demand], [])
        return demand

    def test_the_wall_and_the_cards_do_not_name_who_wants_to_stay_unnamed(self, client, session, made, secret):
        plan = arranged(session, made)
        assert secret.id in {one.demand_id for one in plan.meetings}
        client.login(made.clerk)
        for kind in ("grid", "tables", "experts"):
            pdf = text_of(client.get(f"{base(made)}/schedule.pdf?sheet={kind}").data)
            page = client.get(f"{base(made)}/print?sheet={kind}").text
            assert "秘名" not in pdf + page
            assert secret.number in pdf
            assert secret.number in page
        assert "秘名精密" in text_of(client.get(f"{base(made)}/schedule.pdf?sheet=firms").data)

    def test_an_experts_own_page_does_not_name_it_either(self, client, session, made, secret):
        plan = arranged(session, made)
        publish(session, made.clerk, plan)
        expert = next(one.expert for one in plan.meetings if one.demand_id == secret.id)
        assert "秘名" not in client.login(expert.user).get(f"/events/{made.activity.id}").text

    def test_the_spreadsheet_has_a_row_a_meeting(self, client, made, draft):
        content = client.login(made.clerk).get(f"{base(made)}/schedule.xlsx").data
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
        assert len(rows) == len(draft.meetings) + 1

    def test_a_day_without_a_plan_prints_an_empty_page(self, client, made):
        client.login(made.clerk)
        assert "还没有排好的场次" in text_of(client.get(f"{base(made)}/schedule.pdf").data)
        assert client.get(f"{base(made)}/print?sheet=magic").status_code == 404

    def test_characters_without_a_glyph_are_marked(self, client, session, made):
        made.activity.title = "对接会🎣专场"
        meeting = arranged(session, made).meetings[0]
        changes.pin(session, made.clerk, meeting, meeting.version, True)
        assert "对接会〓专场" in text_of(client.login(made.clerk).get(f"{base(made)}/schedule.pdf").data)


@pytest.mark.slow
def test_three_hundred_demands_stay_readable(client, session):
    """Ten times a usual day: few experts for many demands, so that most are left out, each with its reason."""
    made = scene(session, 300, 12, slots=12, tables=12, expert_most=8)
    plan = arranged(session, made)
    assert len({one.demand_id for one in plan.meetings}) == 96
    assert len(plan.leftovers) == 204
    page = client.login(made.clerk).get(base(made)).text
    assert "没排够的 204 个" in page
    assert "还有 104 个没列出来" in page
    assert "能多排" in page
    assert client.get(f"{base(made)}?by=firm").status_code == 200
    assert client.get(f"{base(made)}/schedule.pdf").status_code == 200
