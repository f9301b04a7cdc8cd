"""限报: an organisation hands in so many entries and no more, and others are not counted with it."""

import pytest

from contests.definition import Definition
from contests.entry_quotas import over_quota
from contests.parts import Clause
from contests.rules.kinds import EVERY_TRACK, QuotaRule
from contests.seasons import definition_of
from ledger import log
from models.base import now
from models.contests import EntrantKind, Entry, EntryStatus, Season
from tests import factories

CLAUSE = Clause(article="七", text="每家企业限报1项")


@pytest.fixture
def season(session):
    return factories.add(session, Season(code="smeie-2023", year=2026, settings={}))


def limited(season, **quota) -> Definition:
    rule = QuotaRule(kind="quota", code="per_firm", name="每家企业限报", on="entries", most=1, clause=CLAUSE, **quota)
    return definition_of(season).model_copy(update={"rules": (rule,)})


def entry(session, season, *, employer="云港重工", track="robot", organisation=None, status=EntryStatus.submitted):
    leaf = log.append(session, "registration.submitted", {"employer": employer})
    made = Entry(season=season, track=track, user=factories.user(session), kind=EntrantKind.team, name="队", phone="",
                 employer=employer, organisation=organisation, facts={}, status=status,
                 declared_at=now(), submitted_at=now(), ledger_index=leaf.index)
    return factories.add(session, made)


def refused(session, season, one, **quota) -> list[str]:
    return [refusal.message for refusal in over_quota(session, one, limited(season, **quota))]


def test_the_second_of_a_firm_is_refused_by_name(session, season):
    entry(session, season)
    second = entry(session, season, status=EntryStatus.draft)
    assert refused(session, season, second, counts="robot", per="organisation") == ["每家企业限报：云港重工 2，最多 1"]


@pytest.mark.parametrize("other", [{"employer": "海曜船舶"}, {"track": "vehicle"}, {"status": EntryStatus.withdrawn}])
def test_what_takes_no_place_beside_it_is_not_counted(session, season, other):
    entry(session, season, **other)
    second = entry(session, season, status=EntryStatus.draft)
    assert refused(session, season, second, counts="robot", per="organisation") == []


def test_all_groups_together_where_the_document_says_so(session, season):
    entry(session, season, track="vehicle")
    second = entry(session, season, status=EntryStatus.draft)
    assert refused(session, season, second, counts=EVERY_TRACK, per="organisation") != []


def test_another_spelling_of_the_employer_does_not_make_another_organisation(session, season):
    firm = factories.organisation(session)
    entry(session, season, organisation=firm, employer="云港重工")
    second = entry(session, season, organisation=firm, employer="云港重工集团", status=EntryStatus.draft)
    assert refused(session, season, second, counts="robot", per="organisation") != []


def test_without_an_employer_nobody_is_taken_for_the_same(session, season):
    entry(session, season, employer="")
    second = entry(session, season, employer="", status=EntryStatus.draft)
    assert refused(session, season, second, counts="robot", per="organisation") == []
