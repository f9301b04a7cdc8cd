"""The walk of the main job in a real browser: from a registration to a contest form ready to sign."""

import pathlib
import re

import pytest
from playwright.sync_api import expect

from tests.browser.contracts import contract_pdf
from tests.browser.pages import PASSWORD, Person
from tests.conftest import NOON
from tests.factories import credit_code

STAFF = "shen-wangshu@jiebang.example"
BROKER = "han-qizhou@jiebang.example"
TITLE = "碳纤维竿稍喷涂后流挂，返工率降不下来"
CONTRACT = "竿稍喷涂流挂控制技术开发合同"
DAY = NOON.date()


@pytest.fixture
def person(open_context):
    return lambda name, **options: Person(open_context(**options), name)


@pytest.fixture
def people(person):
    """Two who are known to the platform, and two who come anew."""
    return (person("沈望舒").login(STAFF), person("韩启舟").login(BROKER), person("厉行舟"), person("温见素"))


def approve(staff: Person, name: str) -> None:
    staff.open("/staff/members")
    staff.follow(name)
    staff.press("核对通过")


def post_demand(firm: Person) -> None:
    firm.open("/my/demands/new")
    firm.fill(title=TITLE, problem="竿稍直径 1.2 mm，喷涂聚氨酯面漆后 40 分钟内出现流挂，返工率 14%。换过两种稀释剂，"
                                   "降低黏度后遮盖不够，要喷三遍。喷房 25 ℃，湿度 60% 左右。")
    firm.choose(industry_code="C244", district_code="371082")
    firm.press("保存，下一步")
    firm.fill(target__0__what="喷涂返工率", target__0__figure="≤3%", target__0__measure="连续 3 批、每批 500 支，企业质检")
    firm.press("再加一项")
    firm.fill(target__1__what="漆膜厚度偏差", target__1__figure="≤5 μm", target__1__measure="涂层测厚仪，每支 6 点")
    firm.fill(budget_min="20", budget_max="40", deadline__year=str(DAY.year + 1), deadline__month="1",
              deadline__day="15")
    firm.tick("cooperation_type", "development")
    firm.press("保存，下一步")
    firm.tick("confidentiality", "public")
    firm.press("保存，下一步")
    firm.press("提交")
    firm.sees("诊断中")


def post_capability(expert: Person) -> None:
    expert.open("/my/capabilities/new")
    expert.fill(title="细长碳纤维杆件喷涂流挂与膜厚控制", field="复合材料成型",
                summary="用静电旋杯加分段红外闪干，控制细长碳纤维杆件喷涂的流挂和漆膜厚度，适合直径 1–6 mm 的竿稍。",
                claim__0__text="竿稍喷涂返工率由 12% 降到 2.1%，连续 4 批", claim__0__year=str(DAY.year - 1))
    expert.choose(claim__0__proof="test_report")
    expert.press("再加一条")
    expert.fill(claim__1__text="漆膜厚度偏差控制在 4 μm 以内，涂层测厚仪每支 6 点", claim__1__year=str(DAY.year - 1))
    expert.press("保存")


def join(staff: Person, firm: Person, expert: Person) -> None:
    """1. The enterprise and the expert register; staff approve them."""
    firm.register("enterprise", organisation="威海砺石竿业有限公司", uscc=credit_code(7001), short_name="砺石竿业",
                  phone="19911110001", email="lixingzhou@jiebang.example", industry_code="C244")
    expert.register("expert", organisation="威海衡远工学院", uscc=credit_code(7002), kind="university",
                    expert_kind="university", title="副教授", field="复合材料成型",
                    phone="19911110002", email="wenjiansu@jiebang.example")
    for one in (firm, expert):
        approve(staff, one.name)
    firm.login("lixingzhou@jiebang.example", PASSWORD)
    expert.login("wenjiansu@jiebang.example", PASSWORD)


def publish(staff: Person, firm: Person, expert: Person) -> None:
    """2. The demand is written in four steps and posted."""
    post_capability(expert)
    post_demand(firm)
    staff.open("/staff/diagnosis")
    staff.follow(TITLE)
    staff.press("通过，张榜")


def see_recommendations(firm: Person, expert: Person) -> None:
    """3. Both sides see the recommendation, target by target, and where the list ends."""
    firm.open("/my/demands")
    firm.follow(TITLE)
    best = firm.page.locator(".jb-match").first
    expect(best).to_contain_text("温见素")
    expect(best.locator(".jb-verdict")).to_have_text("很对口")
    expect(best.locator("td mark").first).to_be_visible()
    firm.open(f"{firm.page.url}?more=1")
    firm.sees("后面没有合适的了")
    expert.open("/my/matches")
    expert.sees(TITLE)


def introduce(broker: Person, firm: Person, expert: Person) -> str:
    """4. A broker introduces them at the enterprise's request; both talk. The address of the engagement."""
    firm.page.locator(".jb-match").first.get_by_role("button", name="请促成人牵线").click()
    firm.page.wait_for_load_state()
    broker.open("/introductions")
    broker.page.locator("li", has_text=TITLE).get_by_role("button", name="我来牵线").click()
    broker.page.wait_for_load_state()
    expert.open("/introductions/waiting")
    expert.follow(TITLE)
    expert.press("同意见面")
    engagement = expert.page.url
    expert.fill(text="下周三可以到现场看喷房，请先备 50 支白坯。")
    expert.press("发出留言")
    firm.open(engagement)
    firm.sees("请先备 50 支白坯")
    firm.press("记下：已见面")
    return engagement


def sign(firm: Person, expert: Person, engagement: str, folder: pathlib.Path) -> str:
    """5 and 6. One side records the contract, the other confirms; the evidence stands. The contract's address."""
    scan = folder / "contract.pdf"
    scan.write_bytes(contract_pdf(number="LS-2026-031", name=CONTRACT, party_a="威海砺石竿业有限公司",
                                  party_b="威海衡远工学院", leader="温见素", day=DAY, amount="260,000.00",
                                  words="贰拾陆万元整"))
    expert.open(engagement + "/contract")
    expert.choose(type="development")
    expert.fill(contract_number="LS-2026-031", name=CONTRACT, party_a="威海砺石竿业有限公司",
                party_b="威海衡远工学院", signed_on__year=str(DAY.year), signed_on__month=str(DAY.month),
                signed_on__day=str(DAY.day), amount="26", expected_benefit="90")
    expert.page.locator("[name=scan]").set_input_files(scan)
    expert.press("登记合同")
    contract = expert.page.url
    firm.open(contract)
    firm.press("确认合同")
    expert.open(contract)
    for claimant in ("温见素", "韩启舟"):
        expect(expert.page.locator("main")).to_contain_text(re.compile(claimant + r"\s*佐证第 \d+ 条"))
    return contract


def verify(staff: Person) -> None:
    """7. Claim beside contract, an opinion on whatever is doubtful, the original seen."""
    staff.open("/staff/verify")
    staff.page.get_by_role("link", name=re.compile(CONTRACT)).first.click()
    staff.page.wait_for_load_state()
    for row in staff.page.locator(".jb-compare-doubt").all():
        row.get_by_text("写意见").click()
        row.locator("textarea").fill("对过纸质合同，一致")
    staff.tick("original_seen")
    staff.fill(receipt="S-207")
    staff.press("核验通过")


def register(one: Person, track: str) -> None:
    """8. Begin the entry in a group, read what was filled in, declare, submit, and download the form both ways."""
    one.open("/entries")
    card = one.page.locator("main li").filter(has_text=re.compile(f"{DAY.year}.*{track}", re.S)).first
    card.get_by_role("button", name="开始报名").click()
    one.page.wait_for_load_state()
    one.sees(CONTRACT)
    one.tick("declared")
    one.press("提交报名")
    one.sees("已提交")
    assert one.download("form.pdf").startswith(b"%PDF")
    assert one.download("form.docx").startswith(b"PK")


def see_board(staff: Person) -> None:
    """9. The board counts the contract, and the number opens its row."""
    staff.open("/staff/board?by=district")
    staff.page.get_by_role("row", name="荣成市").get_by_role("link").nth(2).click()
    staff.page.wait_for_load_state()
    staff.sees(CONTRACT)


def test_the_walk(people, tmp_path):
    staff, broker, firm, expert = people
    join(staff, firm, expert)
    publish(staff, firm, expert)
    see_recommendations(firm, expert)
    engagement = introduce(broker, firm, expert)
    contract = sign(firm, expert, engagement, tmp_path)
    verify(staff)
    expert.open(contract)
    expert.sees("原件已核")
    register(expert, "技术攻关组")
    register(broker, "校企合作组")
    see_board(staff)
    assert {one.name: one.mishaps for one in people if one.mishaps} == {}
