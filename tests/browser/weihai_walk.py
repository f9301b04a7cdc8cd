"""威海 2020 by hand: season and settings, originals, two entries, review, two-person award, 公示, result, money."""

import datetime as dt
import re

from playwright.sync_api import expect
from sqlalchemy import select

from contests.scenarios import weihai_2020 as play
from contests.scenarios.judging import score_sheet, sheets_of
from contests.scenarios.weihai_2020 import Stage
from contests.scenarios.weihai_2020_result import AMOUNTS, APPROVAL, COMMITTEE, MINUTES, TRACKS
from models.accounts import OrganisationKind, Role, User
from models.contests import Season
from models.contracts import Contract
from models.reviews import ReviewRound
from tests.browser import contest_steps as steps
from tests.browser.backstage import Backstage
from tests.browser.contracts import contract_pdf

POINTS = {"projects": 88, "amount": 84, "benefit": 90}


def walk(stage: Backstage) -> None:
    company, colleague = _the_season_opens(stage)
    _the_year(stage, company)
    _registration(stage, company)
    _review(stage, company, colleague)
    _awards(stage, company, colleague)
    _objection(stage, company, colleague)
    _result(stage, company, colleague)


def _the_season_opens(stage: Backstage) -> tuple[Stage, User]:
    """1 July: staff open the season and set what the notice leaves open."""
    stage.jump(play.OPENING)
    with stage.behind():
        official = play.organiser(stage.cast)
        colleague = stage.cast.person("裴一舟", Role.staff, stage.cast.organisation("海岬市总工会网信中心",
                                                                                OrganisationKind.union))
    staff = stage.as_(official)
    steps.open_season(staff, play.CODE, play.YEAR)
    with stage.behind() as run:
        season = run.session.scalars(select(Season)).one()
        stage.season, values = season.id, play.settings(season)
    steps.fill_settings(staff, values, play.MINUTES)
    staff.sees("都定了")
    staff.open("/staff/calendar?year=2020")
    staff.fill(import_source="虚构的国办发明电〔2019〕16 号")
    staff.press("对照过了，录入")
    with stage.behind():
        return play.entrants(stage.cast, season, official), colleague


def _the_year(stage: Backstage, company: Stage) -> None:
    """September: contracts are signed; staff look at an original and say so."""
    with stage.behind() as run:
        play.contracts(run, stage.cast, company)
        [contract] = stage.cast.by_hand
        _lay_the_scan(stage, contract)
        name = contract.revision.name
    stage.jump(play.SIGNING + dt.timedelta(days=1))
    staff = stage.as_(company.staff)
    staff.open("/staff/verify")
    staff.page.get_by_role("link", name=re.compile(name)).first.click()
    staff.page.wait_for_load_state()
    for row in staff.page.locator(".jb-compare-doubt").all():
        row.get_by_text("写意见").click()
        row.locator("textarea").fill("对过纸质合同，一致")
    staff.tick("original_seen")
    staff.fill(receipt="S-101")
    staff.press("核验通过")


def _lay_the_scan(stage: Backstage, contract: Contract) -> None:
    said = contract.revision
    paper = contract_pdf(number=said.contract_number, name=said.name, party_a=said.party_a, party_b=said.party_b,
                         leader="周砚秋", day=said.signed_on, amount=f"{said.amount:,.2f}", words="叁拾捌万元整")
    said.scan = stage.cast.keep(said.author, "合同扫描件", paper)


def _registration(stage: Backstage, company: Stage) -> None:
    """November: an expert and a broker enter by hand, the others alike; paper comes in; one is a day late."""
    stage.jump(dt.date(2020, 11, 5))
    expert, broker = stage.as_(company.experts[0].user), stage.as_(company.brokers[0].user)
    expert.open("/entries")
    expert.press("开始报名")
    expert.press("提交报名")
    expert.is_refused("先读声明并勾选")
    expert.tick("declared")
    expert.press("提交报名")
    expert.sees("已提交")
    assert expert.download("form.pdf").startswith(b"%PDF")
    broker.open("/entries")
    broker.press("开始报名")
    broker.fill(summary=play.REPORT)
    broker.tick("declared")
    broker.press("提交报名")
    broker.sees("已提交")
    with stage.behind() as run:
        for user, track in ((company.experts[1].user, TRACKS[0]), (company.experts[2].user, TRACKS[0]),
                            (company.experts[3].user, TRACKS[0]), (company.brokers[1].user, TRACKS[1])):
            play.enter(run, company, user, track)
    _paper(stage, company)
    late = company.experts[4].user
    stage.as_(late).open("/entries")
    stage.as_(late).press("开始报名")
    stage.jump(dt.date(2020, 12, 1), 0, 0, 1)
    late_page = stage.as_(late)
    late_page.open("/entries")
    late_page.press("接着准备")
    late_page.tick("declared")
    late_page.press("提交报名")
    late_page.is_refused("11 月 30 日 24:00 截止")


def _paper(stage: Backstage, company: Stage) -> None:
    """30 November: the paper of the first comes in at the window."""
    stage.jump(dt.date(2020, 11, 30))
    staff = stage.as_(company.staff)
    staff.open(f"/staff/contests/{stage.season}")
    staff.follow("周砚秋")
    staff.fill(**steps.day_fields("received_on", dt.date(2020, 11, 30)))
    staff.press("登记收件")
    staff.sees("登记收件")


def _review(stage: Backstage, company: Stage, colleague: User) -> None:
    """December: the terms are sealed; the committee scores, sealed until the last sheet is in."""
    stage.jump(dt.date(2020, 12, 6))
    staff = stage.as_(company.staff)
    for track in TRACKS:
        steps.seal(staff, stage.season, track, play.MINUTES)
    staff.press("拟出名单")
    staff.is_refused("评审还没有开始")
    stage.jump(dt.date(2020, 12, 7))
    staff = stage.as_(company.staff)
    accounts = steps.accounts(stage, COMMITTEE)
    steps.seat_committee(staff, stage.season, "评审委员会", COMMITTEE, accounts)
    steps.plan_review(staff, TRACKS[0], reviews=2)
    chair = stage.as_(accounts[COMMITTEE[0][0]])
    chair.open("/reviews")
    chair.press("开始评")
    steps.fill_sheet(chair, POINTS | {"amount": 101})
    chair.is_refused("0 到 100 之间")
    steps.fill_sheet(chair, POINTS)
    with stage.behind() as run:
        round_ = run.session.scalars(select(ReviewRound)).one()
        waiting = [one for one in sheets_of(run, round_) if one.submitted_at is None]
        for one in waiting[:-1]:
            score_sheet(run, company.season, one, lambda _entry, code: POINTS[code] - 3)
        last, round_id = waiting[-1].member.user, round_.id
    reviewer = stage.as_(last)
    reviewer.open("/reviews")
    reviewer.press("接着评")
    steps.fill_sheet(reviewer, POINTS)
    staff.open(f"/staff/reviews/rounds/{round_id}")
    staff.press("看分数和名次")
    staff.sees("都和台账里封存的指纹一致")


def _awards(stage: Backstage, company: Stage, colleague: User) -> None:
    """9 December: one of the staff proposes, the other decides."""
    stage.jump(dt.date(2020, 12, 9))
    for track in TRACKS:
        steps.award(stage.as_(company.staff), stage.as_(colleague), stage.season, track, MINUTES)


def _objection(stage: Backstage, company: Stage, colleague: User) -> None:
    """14 December: shown to everybody; somebody objects; who verified the entry may not answer."""
    stage.jump(dt.date(2020, 12, 14))
    steps.show_publicly(stage.as_(company.staff), stage.season, APPROVAL.by, APPROVAL.on, APPROVAL.minutes)
    visitor = stage.visitor()
    visitor.open("/notices")
    visitor.follow("校企合作技术攻关竞赛")
    visitor.sees("周砚秋")
    visitor.press("提异议")
    visitor.page.locator("#line").select_option(index=1)
    visitor.fill(text="对这一名的项目数量有疑问，请核对合同原件和平台上的对接记录。", name="匿名群众", contact="信箱")
    visitor.press("提交异议")
    visitor.sees("YY-2020-0001")
    stage.jump(dt.date(2020, 12, 22))
    staff, other = stage.as_(company.staff), stage.as_(colleague)
    staff.open(f"/staff/publication/{stage.season}")
    staff.sees("还有 1 条异议没有答复")
    expect(staff.page.get_by_role("link", name="发文公布结果")).to_have_count(0)
    for one in (staff, other):
        one.open("/staff/objections")
        one.follow("YY-2020-0001")
    staff.sees("这份报名的材料是您核验的")
    other.tick("decision", "rejected")
    other.fill(answer="合同原件和对接记录都核过，数量无误。")
    other.press("答复")
    visitor.open("/notices")
    visitor.follow("校企合作技术攻关竞赛")
    visitor.sees("数量无误")


def _result(stage: Backstage, company: Stage, colleague: User) -> None:
    """22 December: the document, the certificates anybody can check, the first prize paid."""
    other = stage.as_(colleague)
    numbers = steps.publish(other, stage.season, "海工发〔2020〕31号", "各区市总工会、驻海岬各高校")
    assert len(numbers) == 6
    winner = stage.as_(company.experts[0].user)
    winner.open("/certificates/mine")
    winner.sees(numbers[0])
    assert winner.download("certificate.pdf").startswith(b"%PDF")
    steps.check_certificate(stage.visitor(), numbers[0], "周砚秋")
    other.open(f"/staff/publication/{stage.season}/payments")
    other.tick("treatment", "occasional")
    other.fill(basis="个人所得税法第二条第（九）项", source="虚构的财务部门意见")
    other.press("确认税务处理")
    other.press("登记发放")
    other.fill(gross="10000.01", voucher="记-001")
    other.press("登记发放")
    other.is_refused("10,000")
    other.fill(gross=AMOUNTS["first"])
    other.press("登记发放")
    other.sees("8,000.00")
