"""From terms to awards in the browser: try, seal, propose, decide by a second person; what is refused says why."""

import re

import pytest

from contests.selection.decision import awards
from contests.selection.sealing import seal
from models.accounts import Role
from models.awards import AwardProposal, SealedTerms
from models.base import clock_at
from models.contests import SeasonDecision
from tests import factories
from tests.support.selecting import IN_REVIEW, MINUTES, TRACK, entrant, reviewed_season

WEIGHT = f"tracks.{TRACK}.indicators.amount.weight"


@pytest.fixture
def season(session, noon):
    season = reviewed_season(session)
    for name, amount in (("林一", 400_000), ("林二", 300_000), ("林三", 200_000), ("林四", 200_000)):
        entrant(session, season, amount, name=name)
    return season


@pytest.fixture
def staff(session, client):
    person = factories.staff(session)
    client.login(person)
    return person


def url(season, act="") -> str:
    return f"/staff/contests/{season.id}/awards/{TRACK}{act}"


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.text))


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="((?:seen|order)[^"]*)" value="([^"]*)"', page))


@pytest.fixture
def sealed(session, season, staff):
    return seal(session, staff, season, TRACK, minutes=MINUTES, version=season.version)


class TestTrial:
    def test_it_shows_who_moves_and_writes_nothing(self, client, session, season, staff):
        page = client.get(url(season, "/trial"), query_string={"places.third": "0", "places.first": "2"})
        assert page.status_code == 200
        assert "落出名单 0" in text(page)
        assert "升等 1" in text(page)
        assert session.query(SealedTerms).count() == session.query(SeasonDecision).count() == 0

    def test_whoever_drops_out_is_told_by_which_cap(self, client, season, staff):
        page = client.get(url(season, "/trial"), query_string={"places.second": "0"})
        assert "二等奖：0 名已满" in text(page)

    @pytest.mark.parametrize(("typed", "says"), [
        ({"weight.amount": "50"}, "权重合计是 110%"), ({"weight.amount": "NaN"}, "写 0 到 100 的数"),
        ({"weight.amount": "Infinity"}, "写 0 到 100 的数"), ({"places.first": "-1"}, "整数"),
        ({"places.first": "1.5"}, "整数"), ({"weight.amount": "0"}, "要大于 0")])
    def test_what_cannot_be_judged_by_is_refused_beside_its_box(self, client, season, staff, typed, says):
        page = client.get(url(season, "/trial"), query_string=typed)
        assert page.status_code == 422
        assert says in text(page)

    def test_places_for_nobody_leave_nobody(self, client, season, staff):
        typed = {f"places.{code}": "0" for code in ("first", "second", "third")}
        assert "落出名单 2" in text(client.get(url(season, "/trial"), query_string=typed))


class TestSeal:
    def test_it_asks_once_more_and_then_stands(self, client, session, season, staff):
        assert "封存技术攻关组的评选办法？" in text(client.get(url(season, "/seal")))
        client.post(url(season, "/seal"), data={"minutes": MINUTES, "version": season.version})
        row = session.query(SealedTerms).one()
        assert f"台账第 {row.ledger_index} 条" in text(client.get(url(season)))
        again = client.post(url(season, "/seal"), data={"minutes": MINUTES, "version": season.version})
        assert again.status_code == 409

    def test_a_form_from_before_does_not_edit_a_sealed_weight(self, client, season, staff, sealed):
        page = client.post(f"/staff/contests/{season.id}/settings",
                           data={"version": season.version, "source": MINUTES, WEIGHT: "45"})
        assert page.status_code == 409
        assert "已经封存在佐证台账" in text(page)
        assert "威工发〔2020〕16号 二（一）" in text(page)
        assert season.settings[WEIGHT] == "0.4"

    def test_without_minutes_nothing_is_sealed(self, client, session, season, staff):
        page = client.post(url(season, "/seal"), data={"minutes": "", "version": season.version})
        assert page.status_code == 422
        assert session.query(SealedTerms).count() == 0


class TestDecide:
    def test_equals_are_put_in_order_and_a_second_person_decides(self, client, session, season, sealed, staff):
        with clock_at(IN_REVIEW):
            client.login(staff)
            page = client.get(url(season))
            assert "第 3 名有 2 份并列" in text(page)
            last = re.findall(r'name="(order\.[0-9a-f-]+)"', page.text)[-1]
            page = client.get(url(season), query_string={last: "1"})
            assert "并列待定" not in text(page)
            client.post(url(season, "/propose"), data=hidden(page.text) | {"minutes": MINUTES})
            assert client.post(url(season, "/decide")).status_code == 403
            client.login(factories.member(session, Role.admin))
            client.post(url(season, "/decide"))
            assert "已经评定" in text(client.get(url(season)))
        decided = awards(session, season.id, TRACK)
        assert [one.grade for one in decided] == ["first", "second", "third"]
        assert f"order.{decided[2].entry_id}" == last

    def test_not_while_registration_is_open_and_the_clause_says_so(self, client, session, season, sealed):
        page = client.post(url(season, "/propose"), data={"minutes": MINUTES, "seen": "0" * 64})
        assert page.status_code == 422
        assert "报名还没有结束，不能评定。依据：威工发〔2020〕16号 三（一）" in text(page)
        assert session.query(AwardProposal).count() == 0

    @pytest.mark.parametrize("typed", [{"order.x": "1"}, {"excluded": "x"}])
    def test_what_names_no_entry_is_refused(self, client, season, sealed, typed):
        assert client.post(url(season, "/propose"), data=typed | {"minutes": MINUTES}).status_code == 422
        assert client.get(url(season), query_string=typed).status_code == 422

    def test_nothing_to_decide_is_told(self, client, season, sealed):
        assert client.post(url(season, "/decide")).status_code == 409

    def test_no_such_group(self, client, season, staff):
        assert client.get(url(season).replace(TRACK, "moon")).status_code == 404


def test_a_season_without_settings_says_what_is_missing(client, session, season, staff):
    season.settings = {}
    page = client.get(url(season))
    assert page.status_code == 200
    assert "评选办法还没定齐" in text(page)
    assert client.get(url(season, "/seal")).status_code == 200
    trial = client.get(url(season, "/trial"))
    assert trial.status_code == 200
    assert "还算不出来" in text(trial)
    assert client.get(url(season, "/trial"), query_string={"places.first": "1"}).status_code == 422
