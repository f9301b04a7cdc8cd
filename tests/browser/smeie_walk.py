"""企校协同创新大赛 2023 by hand: weights published, a team refused and entered, sheets, promotion, 亮分, certificates."""

import datetime as dt

from playwright.sync_api import expect
from sqlalchemy import select

from contests.review.live import call_next, current_turn
from contests.scenarios import smeie_2023 as play
from contests.scenarios.deciding import seal_terms, select_awards
from contests.scenarios.judging import Officials, review, score_sheet, sheets_of
from contests.scenarios.smeie_2023 import TEAMS, Stage
from contests.scenarios.smeie_2023_result import FINAL_MINUTES, JUDGES, MINUTES
from contests.scenarios.smeie_2023_review import SEATS, TRACKS, colleagues, marks
from models.accounts import User
from models.contests import Season
from models.reviews import Committee, ReviewRound, RoundMode
from tests.browser import contest_steps as steps
from tests.browser.backstage import Backstage

POINTS = {"importance": 90, "originality": 88, "breakthrough": 86, "convertibility": 88}
SPECIAL, DECIDED, FINAL, CLOSING = (dt.date(2023, 10, 16), dt.date(2023, 11, 24), dt.date(2023, 12, 16),
                                    dt.date(2023, 12, 17))


def walk(stage: Backstage) -> None:
    company, colleague = _the_season_opens(stage)
    _a_team_enters(stage, company)
    _special(stage, company, colleague)
    _promotion(stage, company, colleague)
    _final(stage, company)
    _result(stage, company, colleague)


def _the_season_opens(stage: Backstage) -> tuple[Stage, User]:
    """20 July: four criteria without weights; the committee sets them, and everybody can read them."""
    stage.jump(play.ANNOUNCED)
    with stage.behind():
        official = play.organiser(stage.cast)
    staff, visitor = stage.as_(official), stage.visitor()
    steps.open_season(staff, play.CODE, play.YEAR)
    with stage.behind() as run:
        season = run.session.scalars(select(Season)).one()
        stage.season, values = season.id, play.settings(season)
        company = Stage(stage.cast, season, official)
        colleague = colleagues(company).second
    visitor.open(f"/contests/{stage.season}")
    visitor.sees("通知没有写")
    steps.fill_settings(staff, values, play.MINUTES)
    staff.sees("都定了")
    visitor.open(f"/contests/{stage.season}")
    expect(visitor.page.locator("#robot")).to_contain_text("25%")
    return company, colleague


def _a_team_enters(stage: Backstage, company: Stage) -> None:
    """1 September: without a student the team is turned away with the clause, then it is taken in."""
    stage.jump(play.OPEN)
    track, name = TEAMS[0]
    with stage.behind():
        stage.leader = stage.cast.person("云知言")
    one = stage.as_(stage.leader)
    one.open("/entries")
    one.follow("机器人+")
    one.fill(name=name)
    one.press("开始报名")
    one.choose(**{"member-0-kind": "university", "member-1-kind": "university"})
    one.press("再加一位")
    one.choose(**{"member-2-kind": "enterprise"})
    one.fill(**{"member-0-organisation": "海岬大学", "member-1-name": "云小满", "member-1-organisation": "海岬大学",
                "member-2-name": "云工", "member-2-organisation": "云港重工有限公司"},
             employer="海岬大学", summary="焊接机器人免示教编程：企业换型一次要停线两天，团队把它降到四小时。")
    one.press("保存")
    one.page.locator("[id='material-registration']").set_input_files(
        {"name": "报名材料.pdf", "mimeType": "application/pdf", "buffer": stage.cast.paper(name)})
    one.press("上传")
    one.press("提交报名")
    one.is_refused("团队里没有学生")
    one.is_refused("四")
    one.tick("member-1-student")
    one.tick("member-1-defender")
    one.press("提交报名")
    one.sees("已提交")
    one.sees("报名写在第")
    with stage.behind() as run:
        for track, name in TEAMS[1:]:
            play.enter_team(run, stage.cast, company, track, name)


def _special(stage: Backstage, company: Stage, colleague: User) -> None:
    """October: terms sealed, one track reviewed by hand, the others alike."""
    stage.jump(SPECIAL - dt.timedelta(days=1))
    with stage.behind() as run:
        seal_terms(run, Officials(company.staff, colleague), company.season, (*TRACKS[1:], "final"), play.MINUTES)
    steps.seal(stage.as_(company.staff), stage.season, TRACKS[0], play.MINUTES)
    stage.jump(SPECIAL)
    staff, accounts = stage.as_(company.staff), steps.accounts(stage, SEATS)
    steps.seat_committee(staff, stage.season, "专项赛评审委员会", SEATS, accounts)
    steps.plan_review(staff, TRACKS[0], reviews=2)
    staff.sees("同一单位")
    chair = stage.as_(accounts[SEATS[0][0]])
    chair.open("/reviews")
    chair.press("开始评")
    steps.fill_sheet(chair, POINTS)
    with stage.behind() as run:
        round_ = run.session.scalars(select(ReviewRound)).one()
        for sheet in sheets_of(run, round_):
            if sheet.submitted_at is None:
                score_sheet(run, company.season, sheet, marks)
        committee = run.session.scalars(select(Committee)).one()
        for track in TRACKS[1:]:
            review(run, Officials(company.staff, colleague), company.season, committee, track, marks)
        round_id = round_.id
    staff.open(f"/staff/reviews/rounds/{round_id}/results")
    staff.sees("云梯队")


def _promotion(stage: Backstage, company: Stage, colleague: User) -> None:
    """24 November: prizes of the special contests; the first prizes go on."""
    stage.jump(DECIDED)
    staff = stage.as_(company.staff)
    steps.award(staff, stage.as_(colleague), stage.season, TRACKS[0], MINUTES)
    with stage.behind() as run:
        for track in TRACKS[1:]:
            select_awards(run, Officials(company.staff, colleague), company.season, track, MINUTES)
    staff.open(f"/staff/contests/{stage.season}")
    staff.press("晋级")
    staff.press("办理晋级")
    staff.sees("该晋级的都晋级了")
    staff.sees("云梯队")


def _final(stage: Backstage, company: Stage) -> None:
    """16 December: drawn order, judges score at once, nobody sees a score before the last is in."""
    stage.jump(FINAL)
    staff, accounts = stage.as_(company.staff), steps.accounts(stage, JUDGES)
    steps.seat_committee(staff, stage.season, "总决赛评审委员会", JUDGES, accounts)
    steps.plan_review(staff, "final")
    staff.press("请下一位上场")
    judges = [stage.as_(accounts[who]) for who, _, _ in JUDGES]
    for number, judge in enumerate(judges):
        judge.open("/reviews")
        judge.press("进入现场亮分")
        expect(judge.page.get_by_text("目前排名")).to_have_count(0)
        judge.press("打分")
        steps.fill_sheet(judge, {code: value + number for code, value in POINTS.items()}, live=True)
        if number < len(judges) - 1:
            judge.sees(f"交了 {number + 1} 位，共 3 位")
    for one in (staff, *judges):
        one.sees("第 1 位亮分")
        one.sees("目前排名")
    staff.press("请下一位上场")
    with stage.behind() as run:
        round_ = run.session.scalars(select(ReviewRound).where(ReviewRound.mode == RoundMode.live)).one()
        _score_the_rest(run, company, round_)
    staff.sees("第 2 位亮分")


def _score_the_rest(run, company: Stage, round_: ReviewRound) -> None:
    """The second turn, which is on stage, and the third."""
    while (turn := current_turn(run.session, round_)) is not None:
        for sheet in sheets_of(run, round_):
            if sheet.entry_id == turn.entry_id:
                score_sheet(run, company.season, sheet, marks)
        if round_.state != "opened":
            call_next(run.session, company.staff, round_)


def _result(stage: Backstage, company: Stage, colleague: User) -> None:
    """17 December: the final's prizes, the document, certificates that anybody can check, a service asked for."""
    stage.jump(CLOSING)
    staff, other = stage.as_(company.staff), stage.as_(colleague)
    steps.award(staff, other, stage.season, "final", FINAL_MINUTES)
    steps.show_publicly(staff, stage.season, "大赛组委会会议", CLOSING, FINAL_MINUTES)
    numbers = steps.publish(other, stage.season, "海中小企通〔2023〕88号", "各参赛单位")
    assert len(numbers) == 9
    steps.check_certificate(stage.visitor(), numbers[0], "队")
    leader = stage.as_(stage.leader)
    leader.open("/certificates/mine")
    leader.page.get_by_text("申请", exact=True).first.click()
    leader.page.locator("[id='wish-1-1']").fill("想了解云港重工的实习岗位")
    leader.press("提交申请")
    leader.sees("等受理")
