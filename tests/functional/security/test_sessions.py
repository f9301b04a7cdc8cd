"""A login ends when it should, wherever its cookie is; guessing is slow and tells nothing."""

import datetime as dt
import hashlib
import re

import pytest

from models.accounts import Admission, ApiToken, LoginSession, Role
from models.base import clock_at, now
from models.database import Database
from settings import Settings
from tests import factories
from tests.conftest import NOON
from tests.support.client import SiteClient
from web.app import create_app
from web.limits import limiter

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


@pytest.fixture(scope="module")
def site(tmp_path_factory, databases):
    """An application of these tests' own: rate limits are wired in when it is built, or not at all."""
    built = create_app(Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), secret_key="s" * 32),
                       Database(databases.shared_engine("sqlite")))
    limiter.enabled = False
    built.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    built.test_client_class = SiteClient
    return built


@pytest.fixture
def person(session):
    return factories.user(session)


def sign_in(client, person, password=factories.PASSWORD):
    return client.post("/login", data={"login": person.email, "password": password})


def cookie_of(client) -> str:
    return client.get_cookie("jiebang").value


def with_cookie(client, value: str):
    """A second browser that holds a copied cookie."""
    other = client.application.test_client()
    other.session = client.session
    other.set_cookie("jiebang", value)
    return other


def inside(client) -> bool:
    return client.get("/account").status_code == 200


def shown(answer, typed: str) -> str:
    """The page without what was typed, its nonce and its token."""
    nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    page = answer.text.replace(typed, "").replace(nonce, "")
    return re.sub(r'(csrf[-_]token" (?:content|value)=")[^"]+', r"\1", page)


class TestEnds:
    def test_logging_out_kills_every_copy_of_the_cookie(self, client, person):
        sign_in(client, person)
        thief = with_cookie(client, cookie_of(client))
        assert inside(thief)
        client.post("/logout")
        assert not inside(thief)

    def test_a_closed_account_is_out_at_once(self, client, person):
        sign_in(client, person)
        person.active = False
        assert not inside(client)

    def test_a_closed_account_cannot_come_back(self, client, person):
        person.active = False
        assert sign_in(client, person).status_code == 422

    def test_logging_in_again_ends_the_earlier_login_of_this_browser(self, client, person):
        sign_in(client, person)
        before = with_cookie(client, cookie_of(client))
        sign_in(client, person)
        assert inside(client)
        assert not inside(before)

    def test_a_cookie_from_before_the_login_is_worth_nothing(self, client, person):
        client.get("/login")
        client.post("/preferences/care", data={"care": "1"})
        fixed = client.get_cookie("jiebang")
        sign_in(client, person)
        assert fixed is None or not inside(with_cookie(client, fixed.value))

    def test_changing_the_password_ends_the_other_logins(self, client, person):
        sign_in(client, person)
        elsewhere = with_cookie(client, cookie_of(client))
        sign_in(elsewhere, person)
        client.login(person).post("/account/password", data={
            "present_password": factories.PASSWORD, "new_password": "another correct horse battery"})
        assert inside(client)
        assert not inside(elsewhere)

    def test_a_revoked_role_is_gone_at_the_next_page(self, client, session):
        clerk = factories.staff(session)
        assert client.login(clerk).get("/staff/members").status_code == 200
        clerk.grants[0].status = Admission.revoked
        assert client.get("/staff/members").status_code == 403

    @pytest.mark.parametrize("value", ["", "x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "." * 4000])
    def test_a_forged_cookie_opens_nothing(self, client, value):
        assert not inside(with_cookie(client, value))


@pytest.mark.parametrize(("role", "idle", "whole"), [
    (Role.expert, 2 * HOUR, dt.timedelta(days=7)), (Role.staff, 30 * MINUTE, 8 * HOUR),
    (Role.admin, 30 * MINUTE, 8 * HOUR)])
class TestLimits:
    def test_an_idle_login_ends(self, client, session, role, idle, whole):
        with clock_at(NOON):
            sign_in(client, factories.member(session, role))
        with clock_at(NOON + idle - MINUTE):
            assert inside(client)
        with clock_at(NOON + 2 * idle):
            assert not inside(client)

    def test_a_busy_login_ends_too(self, client, session, role, idle, whole):
        with clock_at(NOON):
            sign_in(client, factories.member(session, role))
        moment = NOON
        while moment + idle - MINUTE < NOON + whole:
            moment += idle - MINUTE
            with clock_at(moment):
                assert inside(client)
        with clock_at(NOON + whole + MINUTE):
            assert not inside(client)


class TestGuessing:
    @pytest.fixture
    def limited(self, site, settings, database, session, nudges, monkeypatch):
        """The site with its rate limits on, counting from nothing."""
        site.extensions.update(settings=settings, database=database)
        monkeypatch.setattr(limiter, "enabled", True)
        limiter.reset()
        client = site.test_client()
        client.session = session
        return client

    def test_five_guesses_a_minute_at_one_account(self, limited, person):
        answers = [sign_in(limited, person, "wrong password") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [422] * 5 + [429]
        assert "操作太快了" in answers[-1].text
        assert int(answers[-1].headers["Retry-After"]) <= 60

    def test_other_spellings_of_an_account_share_its_guesses(self, limited, person):
        for login in (person.email, person.email.upper(), f" {person.email}", f"{person.email} ", person.email):
            limited.post("/login", data={"login": login, "password": "wrong"})
        assert sign_in(limited, person, "wrong").status_code == 429

    def test_twenty_guesses_a_minute_from_one_address(self, limited):
        answers = [limited.post("/login", data={"login": f"a{n}@jiebang.example", "password": "wrong"}).status_code
                   for n in range(21)]
        assert answers[-1] == 429

    def test_another_header_is_not_another_address(self, limited):
        for n in range(21):
            answer = limited.post("/login", data={"login": f"a{n}@jiebang.example", "password": "wrong"},
                                  headers={"X-Forwarded-For": f"203.0.113.{n}"})
        assert answer.status_code == 429

    def test_guessing_through_the_api_is_no_faster(self, limited, person):
        answers = [limited.post("/api/v1/tokens", json={"login": login, "password": f"wrong {n}"}).status_code
                   for n, login in enumerate((person.email, person.email.upper(), person.email) * 2)]
        assert answers == [422] * 5 + [429]

    def test_pages_and_api_count_together(self, limited, person):
        for n in range(3):
            sign_in(limited, person, "wrong")
            limited.post("/api/v1/tokens", json={"login": person.email, "password": f"wrong {n}"})
        assert sign_in(limited, person).status_code == 429

    def test_an_unknown_account_is_answered_like_a_known_one(self, client, person):
        known = client.post("/login", data={"login": person.email, "password": "wrong"})
        unknown = client.post("/login", data={"login": "nobody@jiebang.example", "password": "wrong"})
        assert known.status_code == unknown.status_code
        assert shown(known, person.email) == shown(unknown, "nobody@jiebang.example")

    def test_a_password_is_never_sent_back(self, client, person):
        assert "geheim-4711" not in sign_in(client, person, "geheim-4711").text


class TestTokens:
    def answers(self, client, header) -> int:
        return client.get("/api/v1/me", headers=header).status_code

    def test_one_that_expired_is_worth_nothing(self, client, session, person):
        header = factories.bearer(session, person)
        with clock_at(now() + dt.timedelta(days=1, minutes=1)):
            assert self.answers(client, header) == 401

    def test_one_given_back_is_worth_nothing(self, client, session, person):
        header = factories.bearer(session, person)
        assert self.answers(client, header) == 200
        assert client.delete("/api/v1/tokens/current", headers=header).status_code == 204
        assert self.answers(client, header) == 401

    def test_a_closed_account_has_none(self, client, session, person):
        header = factories.bearer(session, person)
        person.active = False
        assert self.answers(client, header) == 401

    def test_changing_the_password_revokes_them(self, client, session, person):
        header = factories.bearer(session, person)
        client.login(person).post("/account/password", data={
            "present_password": factories.PASSWORD, "new_password": "another correct horse battery"})
        assert self.answers(client, header) == 401

    def test_the_secret_is_not_kept(self, client, session, person):
        login = {"login": person.email, "password": factories.PASSWORD}
        secret = client.post("/api/v1/tokens", json=login).json["token"]
        kept = session.query(ApiToken).one()
        assert secret not in str(vars(kept))
        assert kept.digest == hashlib.sha256(secret.encode()).hexdigest()

    @pytest.mark.parametrize("header", ["Bearer", "Bearer ", "bearer x", "Basic eDp4", "Bearer x y",
                                        "Bearer " + "a" * 9000])
    def test_a_made_up_one_is_worth_nothing(self, client, header):
        assert self.answers(client, {"Authorization": header}) == 401


class TestCookie:
    def test_it_is_out_of_reach_of_scripts_and_other_sites(self, client, person):
        cookies = sign_in(client, person).headers.getlist("Set-Cookie")
        written = next(one for one in cookies if one.startswith("jiebang="))
        assert "HttpOnly" in written
        assert "SameSite=Lax" in written

    def test_it_names_a_login_and_no_person(self, client, session, person):
        sign_in(client, person)
        with client.session_transaction() as cookie:
            assert cookie["_user_id"] == str(session.query(LoginSession).one().id)
            assert person.name not in str(dict(cookie))
