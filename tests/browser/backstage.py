"""What a walk through a contest does not click: its people, what happened before, and the clock.

All of it by the code of the contest's own play, committed at once, so that the pages see it.
"""

import contextlib
import datetime as dt
import uuid
from collections.abc import Callable, Iterator

from playwright.sync_api import BrowserContext

from contests.scenarios.cast import Cast
from contests.scenarios.play import Play
from ingestion.files import store
from ingestion.passwords import hash_password
from models.accounts import Organisation, Role, User
from models.base import CITY_TIME
from models.contracts import Contract
from models.files import StoredFile
from settings import Settings
from tests.browser.conftest import Site
from tests.browser.contracts import contract_pdf
from tests.browser.pages import PASSWORD, Person


class Company(Cast):
    """People who can log in and files that can be opened. `by_hand`: contracts whose originals the walk looks at."""

    def __init__(self, session, settings: Settings):
        super().__init__(session)
        self.settings, self.secret = settings, hash_password(PASSWORD)
        self.by_hand: list[Contract] = []

    def person(self, name: str, role: Role | None = None, organisation: Organisation | None = None) -> User:
        user = super().person(name, role, organisation)
        user.password_hash = self.secret
        self.session.flush()
        return user

    def file(self, owner: User, text: str) -> StoredFile:
        return self.keep(owner, text, self.paper(text))

    def paper(self, text: str) -> bytes:
        """A page of its own, so that it can be opened."""
        return contract_pdf(number=text, name=text, party_a="甲方", party_b="乙方", leader="", amount="0.00", words="零元整",
                            day=dt.date(2020, 1, 1))

    def keep(self, owner: User, name: str, content: bytes) -> StoredFile:
        return store(self.session, self.settings, owner, f"{name}.pdf", content)

    def verify(self, collaboration, staff: User) -> None:
        """All but the first, which is left for the walk."""
        if self.by_hand:
            super().verify(collaboration, staff)
        else:
            self.by_hand.append(self.session.get_one(Contract, collaboration.contract_id))


class Backstage:
    """`site` runs, empty; `people` have a browser each. `day` is where the clock stands, `season` what is walked;
    `leader` filed the team that the walk enters.

    Outside `behind()` nothing may be read of the database: SQLite would keep the site from writing meanwhile.
    """

    def __init__(self, site: Site, open_context: Callable[..., BrowserContext]):
        self.site, self.open_context = site, open_context
        self.session = site.database.sessions()
        self.cast = Company(self.session, site.settings)
        self.told: list[str] = []
        self.run = Play(self.session, self.told.append)
        self.people: dict[str, Person] = {}
        self.present: set[str] = set()
        self.day: dt.date | None = None
        self.season: uuid.UUID | None = None
        self.leader: User | None = None

    def jump(self, day: dt.date, hour: int = 9, minute: int = 0, second: int = 0) -> None:
        """The clock of the site jumps; whoever was logged in has to do so again."""
        self.day = day
        self.site.set_clock(dt.datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=CITY_TIME))
        self.present.clear()
        self.session.commit()

    @contextlib.contextmanager
    def behind(self) -> Iterator[Play]:
        """Acts of the play on this day, committed at the end."""
        self.session.expire_all()
        with self.run.at(self.day):
            yield self.run
        self.session.commit()

    def as_(self, user: User) -> Person:
        """Somebody's browser, logged in."""
        if user.name not in self.people:
            self.people[user.name] = Person(self.open_context(), user.name)
        person, email = self.people[user.name], user.email
        self.session.commit()  # what was read to find the user must not keep the site from writing
        if user.name not in self.present:
            person.context.clear_cookies()
            person.login(email, PASSWORD)
            self.present.add(user.name)
        return person

    def visitor(self) -> Person:
        if "" not in self.people:
            self.people[""] = Person(self.open_context(), "visitor")
        return self.people[""]

    def mishaps(self) -> dict[str, list[str]]:
        """What went wrong in anybody's browser: a refusal answers 4xx and is none."""
        found = {name: [one for one in person.mishaps if "status of 4" not in one]
                 for name, person in self.people.items()}
        return {name: said for name, said in found.items() if said}

    def close(self) -> None:
        self.session.close()
