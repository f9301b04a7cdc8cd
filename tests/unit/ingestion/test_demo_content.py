"""The demo city as written: nothing double, every reference resolves, and the product's own forms accept it."""

import datetime as dt
import re
from collections import Counter

import pytest

from ingestion import validation
from ingestion.capabilities import CapabilityForm, ClaimRow
from ingestion.demand_forms import DisclosureForm, ProblemForm, TargetRow, TargetsForm
from ingestion.firm_names import firm_names
from ingestion.leaks import Sealed, contacts, leaks
from ingestion.organisations import OrganisationForm, checked, kinds_for
from models.accounts import ExpertKind, OrganisationKind, Role
from models.base import today
from models.codes import counties
from models.demands import Confidentiality, CooperationType, DemandStatus
from tests.support.demo_city import (
    ACTIVITIES,
    BROKERS,
    CAPABILITIES,
    DEMANDS,
    EVERYBODY,
    EXPERTS,
    FITS,
    ORGANISATIONS,
    PEOPLE,
    STORIES,
    read,
    texts,
)


def doubles(values):
    return [value for value, times in Counter(values).items() if times > 1]


class TestCounts:
    def test_the_city_is_large_enough(self):
        kinds = Counter(row["kind"] for row in ORGANISATIONS.values())
        assert kinds["enterprise"] >= 30
        assert kinds["university"] >= 5
        assert kinds["studio"] >= 3
        assert len(EXPERTS) >= 80
        assert len(BROKERS) >= 10
        assert len(CAPABILITIES) >= 150
        assert len(DEMANDS) >= 60
        assert len(ACTIVITIES) >= 6

    def test_collaborations_stand_in_every_state(self):
        states = Counter(row["state"] for row in STORIES.values())
        assert set(states) == {"interest", "visit", "trial", "recorded", "corrected", "shares", "waiting", "verified",
                               "returned", "refused"}
        assert states["waiting"] >= 7
        assert states["verified"] >= 6

    def test_matching_has_hits_near_misses_and_blanks(self):
        best = Counter(min(fit.values(), default="nobody") for fit in FITS.values())  # conflict < full < part
        assert best["full"] >= 35
        assert best["part"] >= 15
        assert best["nobody"] >= 10

    def test_demands_stand_in_every_state_before_a_contract(self):
        assert {row["status"] for row in DEMANDS.values()} == set(DemandStatus) - {"taken", "closed"}


class TestNoDoubles:
    @pytest.mark.parametrize("values", [
        [row["name"] for row in ORGANISATIONS.values()], [row["uscc"] for row in ORGANISATIONS.values()],
        [row["name"] for row in EVERYBODY.values()], [row["phone"] for row in EVERYBODY.values()],
        [row["email"] for row in EVERYBODY.values()], [row["title"] for row in DEMANDS.values()],
        [row["problem"] for row in DEMANDS.values()], [row["title"] for row in CAPABILITIES],
        [row["summary"] for row in CAPABILITIES],
        [row["contract"]["number"] for row in STORIES.values() if row["contract"]],
        [claim["text"] for row in CAPABILITIES for claim in row["claims"]],
    ])
    def test_nothing_is_written_twice(self, values):
        assert doubles(values) == []

    @pytest.mark.parametrize("name", ["organisations", "demands", "capabilities", "stories", "activities"])
    def test_references_are_unique(self, name):
        assert doubles(row["ref"] for row in read(name)) == []


@pytest.mark.parametrize("ref", ORGANISATIONS)
def test_an_organisation_would_be_admitted(ref):
    row = ORGANISATIONS[ref]
    form = OrganisationForm(**{key: row[key] for key in ("kind", "name", "uscc", "district_code", "industry_code",
                                                         "address", "short_name")})
    checked(form, frozenset(OrganisationKind))
    assert row["district_code"] in counties("371000")
    assert re.fullmatch(r"0631-000 0\d{3}", row["phone"])


class TestPeople:
    @pytest.mark.parametrize("ref", EVERYBODY)
    def test_contact_data_is_valid_and_plainly_invented(self, ref):
        person = EVERYBODY[ref]
        validation.person_name(person["name"])
        assert re.fullmatch(r"1990000\d{4}", validation.phone(person["phone"]))
        assert validation.email(person["email"]).endswith("@jiebang.example")

    @pytest.mark.parametrize("ref", EXPERTS)
    def test_an_expert_is_admitted_through_a_fitting_organisation(self, ref):
        person = EXPERTS[ref]
        allowed = kinds_for(Role.expert, ExpertKind(person["kind"]))
        assert ORGANISATIONS[person["organisation"]]["kind"] in allowed
        assert 1 <= person["capacity"] <= 3
        assert person["bio"]

    @pytest.mark.parametrize("person", PEOPLE["applicants"], ids=lambda person: person["ref"])
    def test_an_applicant_waits_with_a_fitting_organisation(self, person):
        known = ORGANISATIONS.get(person["organisation"], {}).get("kind")
        kind = ExpertKind(person["expert_kind"]) if person["role"] == "expert" else None
        allowed = kinds_for(Role(person["role"]), kind)
        if person["new_organisation"]:
            checked(OrganisationForm(**person["new_organisation"]), allowed)
        else:
            assert known in allowed

    def test_every_enterprise_has_somebody_to_talk_to(self):
        firms = {ref for ref, row in ORGANISATIONS.items() if row["kind"] == "enterprise"}
        assert {person["organisation"] for person in PEOPLE["enterprise_users"]} == firms

    def test_brokers_and_staff_have_an_organisation(self):
        assert {person["organisation"] for person in [*BROKERS.values(), *PEOPLE["staff"]]} <= set(ORGANISATIONS)

    def test_every_expert_has_one_to_three_capabilities(self):
        counted = Counter(row["expert"] for row in CAPABILITIES)
        assert set(counted) == set(EXPERTS)
        assert max(counted.values()) <= 3


@pytest.mark.parametrize("row", CAPABILITIES, ids=lambda row: row["ref"])
def test_a_capability_is_concrete(row):
    claims = tuple(ClaimRow(claim["text"], str(claim["year"]), claim["proof"]) for claim in row["claims"])
    CapabilityForm(row["title"], row["summary"], row["field"], claims).checked()
    assert 60 <= len(row["summary"]) <= 200
    assert 1 <= len(row["claims"]) <= 4
    for claim in row["claims"]:
        assert 2015 <= claim["year"] <= 2026
        assert not (claim["verified"] and claim["proof"] == "none")
    assert any(re.search(r"\d", claim["text"]) for claim in row["claims"])


class TestDemands:
    @pytest.mark.parametrize("ref", DEMANDS)
    def test_the_four_steps_accept_it(self, ref):
        row = DEMANDS[ref]
        last = today() + dt.timedelta(days=60)
        low, high = ("" if row[key] is None else str(row[key]) for key in ("budget_min", "budget_max"))
        ProblemForm(row["title"], row["problem"], row["industry_code"], row["district_code"]).checked(whole=True)
        targets = tuple(TargetRow(**target) for target in row["targets"])
        TargetsForm(targets, row["constraints"], row["tried"], low, high, negotiable=not high, year=str(last.year),
                    month=str(last.month), day=str(last.day),
                    cooperation_type=row["cooperation_type"]).checked(whole=True)
        DisclosureForm(row["confidentiality"], row["abstract"], row["offers"], row["ownership"]).checked(whole=True)

    @pytest.mark.parametrize("ref", DEMANDS)
    def test_it_says_enough(self, ref):
        row = DEMANDS[ref]
        assert 80 <= len(row["problem"]) <= 250
        assert 2 <= len(row["targets"]) <= 5
        assert any(target["required"] for target in row["targets"])
        assert row["offers"]
        assert row["ownership"]
        assert bool(row["reason"]) == (row["status"] in ("returned", "withdrawn"))

    @pytest.mark.parametrize("ref", [ref for ref, row in DEMANDS.items() if row["abstract"]])
    def test_an_abstract_leaks_nothing(self, ref):
        row, firm = DEMANDS[ref], ORGANISATIONS[DEMANDS[ref]["enterprise"]]
        names = firm_names(firm["name"], firm["short_name"])
        sealed = Sealed(names.sure, names.common, (firm["contact"],), (firm["uscc"], firm["phone"]), firm["address"],
                        texts=tuple(texts([row[part] for part in ("problem", "constraints", "tried", "offers")])),
                        shown=(row["title"], *texts(row["targets"])))
        assert [leak for text in (row["title"], row["abstract"]) for leak in leaks(text, sealed)] == []

    def test_every_level_and_most_contract_types_occur(self):
        assert {row["confidentiality"] for row in DEMANDS.values()} == set(Confidentiality)
        assert {row["cooperation_type"] for row in DEMANDS.values()} == set(CooperationType)

    @pytest.mark.parametrize("ref", DEMANDS)
    def test_its_last_day_agrees_with_its_state(self, ref):
        row = DEMANDS[ref]
        taken = any(story["demand"] == ref and story["state"] in ("waiting", "verified", "returned")
                    for story in STORIES.values())
        assert -row["days_left"] < row["posted_days_ago"] or row["days_left"] > 0
        assert (row["days_left"] < 0) == (row["status"] == "expired") or taken

    def test_no_text_carries_contact_data(self):
        written = texts([list(DEMANDS.values()), CAPABILITIES, list(STORIES.values()), ACTIVITIES])
        assert [text for text in written if contacts(text)] == []
