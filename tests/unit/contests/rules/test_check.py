"""All rules of a group against one claim."""

import datetime as dt
import uuid
from dataclasses import replace

from contests.catalogue import definition
from contests.rules.check import check
from contests.rules.claim import Claim, EarlierClaim, Entrant, Link
from contests.seasons import season_for

RULES = season_for(definition("weihai-2020"), 2026).track("tech_challenge").rules
DAY = dt.date(2026, 3, 1)
CLAIM = Claim(Entrant(uuid.uuid4(), "周砚秋", "person", DAY), "HJ-7", dt.date(2026, 9, 8), 100,
              Link("WH-2026-0001", DAY, DAY, DAY, None))


def test_a_good_claim_meets_every_rule():
    assert check(RULES, CLAIM, "x") == []


def test_every_fault_is_reported_in_the_definitions_order():
    bad = replace(CLAIM, signed_on=dt.date(2025, 9, 8), entrant=replace(CLAIM.entrant, admitted_on=None),
                  link=replace(CLAIM.link, engaged_on=None), earlier=(EarlierClaim(uuid.uuid4(), 100),))
    assert [refusal.rule for refusal in check(RULES, bad, "x")] == [rule.code for rule in RULES]
