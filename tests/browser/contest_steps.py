"""The acts of a contest as people do them on its pages, whichever contest it is."""

import datetime as dt
import re
from collections.abc import Mapping

from playwright.sync_api import expect

from models.accounts import User
from tests.browser.backstage import Backstage
from tests.browser.pages import Person

CERTIFICATE = re.compile(r"ZS-\d{4}-\d{4}-\w{4}")
Seats = tuple[tuple[str, str, str], ...]


def day_fields(name: str, day: dt.date) -> dict[str, str]:
    return {f"{name}-year": str(day.year), f"{name}-month": str(day.month), f"{name}-day": str(day.day)}


def open_season(staff: Person, code: str, year: int) -> None:
    staff.open("/staff/contests")
    staff.choose(code=code)
    staff.fill(year=str(year))
    staff.press("开这一届")


def fill_settings(staff: Person, values: Mapping[str, object], source: str) -> None:
    """On the settings page: every value that the notice leaves open, weights in per cent."""
    for key, value in values.items():
        kind = key.rsplit(".", 1)[-1]
        if kind in ("starts", "ends"):
            if value:
                staff.fill(**day_fields(key, dt.date.fromisoformat(str(value))))
        elif kind == "basis":
            staff.choose(**{key: str(value)})
        else:
            staff.fill(**{key: f"{float(str(value)) * 100:g}" if kind == "weight" else str(value)})
    staff.fill(source=source)
    staff.press("保存设置")


def seat_committee(staff: Person, season_id, name: str, seats: Seats, accounts: Mapping[str, User]) -> None:
    """`seats`: name, class, organisation. The first takes the chair. Ends on the committee's page."""
    staff.open(f"/staff/reviews/seasons/{season_id}")
    staff.fill(name=name)
    staff.press("建好")
    for number, (who, kind, organisation) in enumerate(seats):
        staff.fill(account=accounts[who].email, kind=kind, organisation=organisation)
        if number == 0:
            staff.tick("chair")
        staff.press("请为委员")
        expect(staff.page.locator("main table").first).to_contain_text(who)


def plan_review(staff: Person, track: str, *, reviews: int = 0) -> None:
    """From the committee's page: a written review by so many each, a live one where none are said."""
    staff.choose(track=track)
    if reviews:
        staff.fill(reviews=str(reviews))
    else:
        staff.tick("mode", "live")
    staff.press("建好这一轮")
    staff.press("分派，请评委开始" if reviews else "抽签排序，开始")


def fill_sheet(reviewer: Person, points: Mapping[str, object], *, live: bool = False) -> None:
    """The sheet that is open: every score with its reason; on stage one remark for all."""
    for code, value in points.items():
        reviewer.fill(**{f"{code}-points": str(value)})
        if not live:
            reviewer.fill(**{f"{code}-reason": "看了材料和佐证"})
    if live:
        reviewer.fill(remark="演示清楚，答辩切题")
    reviewer.press("提交并封存")


def seal(staff: Person, season_id, track: str, minutes: str) -> None:
    staff.open(f"/staff/contests/{season_id}/awards/{track}")
    staff.press("封存评选办法")
    staff.fill(minutes=minutes)
    staff.press("封存")
    staff.sees("谁也改不了")


def award(staff: Person, colleague: Person, season_id, track: str, minutes: str) -> None:
    """One proposes and cannot decide; the other decides."""
    staff.open(f"/staff/contests/{season_id}/awards/{track}")
    staff.fill(minutes=minutes)
    staff.press("拟出名单")
    staff.sees("请另一位同事来审定")
    expect(staff.page.get_by_role("button", name="审定，授奖")).to_have_count(0)
    colleague.open(f"/staff/contests/{season_id}/awards/{track}")
    colleague.press("审定，授奖")
    colleague.sees("已经评定")


def show_publicly(staff: Person, season_id, by: str, on: dt.date, minutes: str) -> None:
    staff.open(f"/staff/publication/{season_id}")
    staff.press("公示名单")
    staff.fill(approved_by=by, minutes=minutes, **day_fields("approved_on", on))
    staff.press("开始公示")


def publish(staff: Person, season_id, number: str, addressees: str) -> list[str]:
    """The document goes out; the numbers of the certificates that came with it."""
    staff.open(f"/staff/publication/{season_id}")
    staff.press("发文公布结果")
    staff.fill(document_number=number, addressees=addressees)
    staff.press("发文公布")
    staff.sees(number)
    staff.press("证书")
    return CERTIFICATE.findall(staff.page.locator("main").inner_text())


def check_certificate(anybody: Person, number: str, holder: str) -> None:
    anybody.open("/certificates")
    anybody.fill(number=number)
    anybody.press("核对")
    anybody.sees("真的，有效")
    anybody.sees(holder)


def accounts(stage: Backstage, seats: Seats) -> dict[str, User]:
    """Somebody with a login for each seat."""
    with stage.behind():
        return {who: stage.cast.person(who) for who, _, _ in seats}
