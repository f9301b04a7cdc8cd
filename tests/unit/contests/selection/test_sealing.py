"""Sealed terms stand in the ledger, and nobody edits them afterwards."""

import pytest

from contests.definition import cite
from contests.season_settings import settle, standing_keys
from contests.seasons import definition_of
from contests.selection.sealing import seal, sealed
from contests.selection.terms import from_document
from ledger import log
from ledger.leaf import canonical_value
from models.audit import AuditEvent
from models.errors import Conflict, Forbidden, Invalid, Refused
from tests import factories
from tests.support.selecting import MINUTES, TERMS, TRACK

WEIGHT = f"tracks.{TRACK}.indicators.amount.weight"
pytestmark = pytest.mark.usefixtures("noon")


def put(session, actor, season, **changes):
    return seal(session, actor, season, TRACK, **{"minutes": MINUTES, "version": season.version} | changes)


def test_the_terms_stand_in_the_ledger_as_they_were_sealed(session, staff, season):
    row = put(session, staff, season)
    leaf = log.entry(session, row.ledger_index)
    assert leaf.leaf.type == "terms.sealed"
    assert leaf.openings["terms"].value == canonical_value(row.terms)
    assert [str(one.weight) for one in from_document(row.terms).criteria] == ["0.2", "0.4", "0.4"]
    assert [one.places for one in from_document(row.terms).grades] == [1, 1, 1]
    assert session.query(AuditEvent).filter_by(action="season.seal").one().detail["ledger"] == row.ledger_index


def test_a_sealed_weight_is_not_edited_and_the_clause_says_why(session, staff, season):
    row = put(session, staff, season)
    with pytest.raises(Conflict, match=f"封存在佐证台账第 {row.ledger_index} 号") as refused:
        settle(session, staff, season, {WEIGHT: "0.5"}, source=MINUTES, version=season.version)
    assert refused.value.field == WEIGHT
    definition = definition_of(season)
    assert refused.value.clause == cite(definition, definition.track(TRACK).indicators[1].clause)
    assert season.settings[WEIGHT] == "0.4"


@pytest.mark.parametrize("key", [f"tracks.{TRACK}.awards.first.places", f"tracks.{TRACK}.indicators.benefit.basis"])
def test_nor_is_anything_else_of_the_terms(session, staff, season, key):
    put(session, staff, season)
    with pytest.raises(Conflict, match="封存"):
        settle(session, staff, season, {key: 2 if "places" in key else "realised"}, source=MINUTES,
               version=season.version)


def test_what_is_not_of_the_groups_terms_stays_open(session, staff, season):
    put(session, staff, season)
    settle(session, staff, season, {"public_notice.days": 5}, source=MINUTES, version=season.version)
    assert set(TERMS) <= standing_keys(session, season)
    assert "public_notice.days" not in standing_keys(session, season)


def test_terms_that_are_not_complete_are_not_sealed(session, staff, season):
    season.settings = {key: value for key, value in season.settings.items() if "weight" not in key}
    session.flush()
    with pytest.raises(Refused, match="权重") as refused:
        put(session, staff, season)
    assert "二（一）" in refused.value.clause
    assert sealed(session, season.id, TRACK) is None


def test_a_second_seal_is_refused(session, staff, season):
    put(session, staff, season)
    with pytest.raises(Conflict, match="已经封存"):
        put(session, staff, season)


def test_settings_that_changed_meanwhile_are_not_sealed_unseen(session, staff, season):
    with pytest.raises(Conflict, match="刚被别人改过"):
        put(session, staff, season, version=season.version + 1)


def test_minutes_are_required(session, staff, season):
    with pytest.raises(Invalid) as refused:
        put(session, staff, season, minutes=" ")
    assert refused.value.field == "minutes"


def test_only_staff_seal(session, season):
    with pytest.raises(Forbidden):
        put(session, factories.user(session), season)
