"""What a person does on the pages, one function a task; the walk reads like the brief."""

import pathlib
import re

from playwright.sync_api import BrowserContext, Page, expect

PASSWORD = "renhe-yiju-jide-zhu-de-hua"
DEMO_PASSWORD = "jiebang-demo-2026"


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, context: BrowserContext, name: str):
        self.context, self.name = context, name
        self.page: Page = context.new_page()
        self.mishaps: list[str] = []
        self.page.on("pageerror", lambda error: self.mishaps.append(str(error)))
        self.page.on("console", lambda said: self.mishaps.append(said.text) if said.type == "error" else None)

    def open(self, path: str) -> Page:
        answer = self.page.goto(path)
        assert answer.status == 200, f"{path}: {answer.status}"
        return self.page

    def fill(self, **fields: str) -> None:
        """Type into fields by their id; underscores at the end of a name stand for dashes inside it."""
        for name, value in fields.items():
            self.page.locator(f"[id='{name.replace('__', '-')}']").fill(value)

    def choose(self, **fields: str) -> None:
        """Pick from selects by their id and the option's value."""
        for name, value in fields.items():
            self.page.locator(f"[id='{name.replace('__', '-')}']").select_option(value)

    def tick(self, name: str, value: str | None = None) -> None:
        self.page.locator(f"[name='{name}']" + (f"[value='{value}']" if value else "")).check()

    def press(self, text: str, within: str = "main") -> None:
        """Press the button, or follow the link, that says exactly `text`."""
        scope = self.page.locator(within)
        name = re.compile(rf"^\s*{re.escape(text)}\s*[A-Z]?\s*$")
        target = scope.get_by_role("button", name=name).or_(scope.get_by_role("link", name=name)).first
        target.click()
        self.page.wait_for_load_state()

    def follow(self, text: str) -> None:
        """Follow the first link whose words hold `text`."""
        self.page.locator("main").get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state()

    def sees(self, text: str) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def is_refused(self, why: str) -> None:
        """The form came back with this reason in its summary."""
        expect(self.page.locator("[data-jb-summary]")).to_contain_text(why)

    def login(self, login: str, password: str = DEMO_PASSWORD) -> "Person":
        self.open("/login")
        self.fill(login=login, password=password)
        self.press("登录")
        expect(self.page).not_to_have_url(re.compile("/login"))
        return self

    def register(self, role: str, *, organisation: str, uscc: str, phone: str, email: str, **rest: str) -> None:
        """Fill the 入驻 form of a role and send it in. `rest`: ids of further selects and boxes."""
        self.open(f"/register/{role}")
        selects = {name: rest.pop(name) for name in ("kind", "industry_code") if name in rest}
        if "expert_kind" in rest:
            self.tick("expert_kind", rest.pop("expert_kind"))
        self.fill(organisation_name=organisation, uscc=uscc, name=self.name, phone=phone, email=email,
                  password=PASSWORD, **rest)
        self.choose(district_code="371082", **selects)
        self.tick("accepted_terms")
        self.press("提交登记")

    def download(self, name: str) -> bytes:
        """The bytes of a link on the page whose address ends in `name`."""
        with self.page.expect_download() as started:
            self.page.locator(f"main a[href$='{name}']").first.click()
        return pathlib.Path(started.value.path()).read_bytes()
