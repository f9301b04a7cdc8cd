"""The site without a mouse, the keys of the verification desk, and the site on paper."""

import io
import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import Person

STAFF, EXPERT, FIRM = ("shen-wangshu@jiebang.example", "zhou-yanqiu@jiebang.example", "langan@jiebang.example")
PRINT_PAGES = 2
RINGED = """() => { let one = document.activeElement;
    while (one && getComputedStyle(one).outlineStyle === "none") one = one.parentElement;
    return one !== null }"""
"""Whether the focused element, or the card it stands for, is ringed."""


@pytest.fixture
def login(open_context):
    return lambda name: Person(open_context(), name).login(name)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until something that matches has the focus, and shows it."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate(RINGED), f"{selector} does not show the focus"
            return
    raise AssertionError(f"{most} times Tab never reached {selector}")


def press_enter(page: Page, leads_to: str) -> None:
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(leads_to))
    page.wait_for_load_state()


def focused(page: Page, selector: str) -> None:
    expect(page.locator(selector)).to_be_focused()


def test_the_skip_link_leads_into_the_page(page):
    page.goto("/demands")
    page.keyboard.press("Tab")
    focused(page, ".jb-skip")
    expect(page.locator(".jb-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    focused(page, "main")


def test_from_the_hall_to_taking_a_demand(login):
    page = login(EXPERT).open("/demands")
    tab_to(page, ".jb-skip")
    page.keyboard.press("Enter")
    tab_to(page, ".jb-demand a")
    press_enter(page, r"/demands/[-0-9a-f]{36}$")
    tab_to(page, ".jb-skip")
    page.keyboard.press("Enter")
    tab_to(page, "a[href$='/take']")
    press_enter(page, "/take$")
    expect(page.locator("h1")).to_be_visible()


def test_a_failed_submit_moves_the_focus_to_what_is_wrong(login):
    firm = login(FIRM)
    firm.open("/my/demands/new")
    firm.press("保存，下一步")
    focused(firm.page, "[data-jb-summary]")
    expect(firm.page).to_have_title(re.compile("^出错了："))
    firm.page.keyboard.press("Tab")
    firm.page.keyboard.press("Enter")
    focused(firm.page, "[aria-invalid=true] >> nth=0")


class TestDeskKeys:
    @pytest.fixture
    def desk(self, login):
        """The first item of the queue, opened by its key."""
        page = login(STAFF).open("/staff/verify")
        page.keyboard.press("j")
        expect(page).to_have_url(re.compile(r"/staff/verify/[-0-9a-f]{36}"))
        page.wait_for_load_state()
        return page

    def test_j_and_k_go_through_the_queue(self, desk):
        first = desk.url
        desk.keyboard.press("j")
        expect(desk).not_to_have_url(first)
        desk.wait_for_load_state()
        desk.keyboard.press("k")
        expect(desk).to_have_url(first)

    def test_a_number_opens_its_opinion_and_letters_are_then_only_letters(self, desk):
        here = desk.url
        desk.keyboard.press("1")
        focused(desk, ".jb-opinion[open] textarea")
        desk.keyboard.type("ajr/?")
        expect(desk.locator(".jb-opinion[open] textarea")).to_have_value("ajr/?")
        assert desk.url == here
        expect(desk.locator(".jb-reason[open]")).to_have_count(0)

    @pytest.mark.parametrize(("key", "field"), [("r", "#reason-return"), ("t", "#reason-second"), ("/", "#queue-q")])
    def test_a_key_puts_the_cursor_where_one_writes(self, desk, key, field):
        desk.keyboard.press(key)
        focused(desk, field)
        expect(desk.locator(field)).to_have_value("")

    def test_the_question_mark_lists_the_keys(self, desk):
        desk.keyboard.press("?")
        expect(desk.locator(".jb-queue-keys details[open]")).to_be_visible()

    def test_a_says_what_is_missing(self, desk):
        desk.keyboard.press("a")
        focused(desk, "[data-jb-summary]")

    def test_a_passes_and_z_takes_it_back(self, desk):
        name = desk.locator("h1").inner_text()
        for row in desk.locator(".jb-compare-doubt").all():
            row.locator("summary").click()
            row.locator("textarea").fill("对过纸质合同，一致")
        desk.locator("#original_seen").check()
        desk.locator("#receipt").fill("S-301")
        desk.locator("h1").click()
        desk.keyboard.press("a")
        expect(desk.locator(".jb-item .jb-notice-success")).to_contain_text("刚核验通过")
        expect(desk.locator(".jb-queue")).not_to_contain_text(name)
        desk.keyboard.press("z")
        expect(desk.locator(".jb-queue")).to_contain_text(name)


def test_a_demand_prints_on_two_pages_without_the_furniture(page):
    page.goto("/demands")
    page.locator(".jb-demand a").first.click()
    page.wait_for_load_state()
    page.emulate_media(media="print")
    for furniture in (".jb-strip", ".jb-head", ".jb-foot"):
        expect(page.locator(furniture)).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    document = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(document) <= PRINT_PAGES
    document.close()
