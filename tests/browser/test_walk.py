"""The walk of the main job in a real browser: from a registration to a signed contest form."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import PASSWORD, Person
from tests.factories import credit_code

STAFF = "shen-wangshu@jiebang.example"
BROKER = "han-qizhou@jiebang.example"


@pytest.fixture
def person(open_context):
    return lambda name, **options: Person(open_context(**options), name)


@pytest.fixture
def staff(person):
    return person("沈望舒").login(STAFF)


def approve(staff: Person, name: str) -> None:
    staff.open("/staff/members")
    staff.page.get_by_role("link", name=name).first.click()
    staff.page.wait_for_load_state()
    staff.press("核对通过")


def test_the_walk(person, staff, site, tmp_path):
    firm = person("厉行舟")
    firm.register("enterprise", organisation="威海砺石竿业有限公司", uscc=credit_code(7001), short_name="砺石竿业",
                  phone="19911110001", email="lixingzhou@jiebang.example", industry_code="C2442")
    expert = person("温见素")
    expert.register("expert", organisation="威海衡远工学院", uscc=credit_code(7002), kind="university",
                    expert_kind="university", title="副教授", field="复合材料成型",
                    phone="19911110002", email="wenjiansu@jiebang.example")
    for one in (firm, expert):
        approve(staff, one.name)
    firm.login("lixingzhou@jiebang.example", PASSWORD)
    expert.login("wenjiansu@jiebang.example", PASSWORD)
