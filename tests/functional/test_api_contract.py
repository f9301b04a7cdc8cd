"""The API keeps to its own description: generated calls meet no 5xx and no answer that is not written down."""

import hashlib
import pathlib
import re
import uuid

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from contests.entries import open_entry
from ingestion.files import store
from models.accounts import ApiToken, Expert, Role
from models.base import now
from models.contests import Season
from models.engagements import Stage
from tests import factories

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


PDF = pathlib.Path(__file__).with_name("one_page.pdf")


@pytest.fixture
def holder(session):
    """One person who holds every role."""
    person = factories.expert(session).user
    for role in (Role.enterprise, Role.staff):
        factories.grant(session, person, role, factories.organisation(session))
    factories.broker(session, user=person)
    return person


@pytest.fixture
def real(session, holder, app):
    """Path parameter → id of a record that the holder may reach, so that calls get past "not found"."""
    demand = factories.demand(session, holder)
    contract = factories.contract(session, factories.engagement(session, demand, stage=Stage.contract))
    scan = store(session, app.extensions["settings"], holder, "scan.pdf", PDF.read_bytes())
    other = factories.collaboration(session, factories.contract(session, scan=scan))
    mine = factories.capability(session, session.scalars(select(Expert).where(Expert.user_id == holder.id)).one())
    season = factories.add(session, Season(code="weihai-2020", year=2026))
    entry = open_entry(session, holder, season, "tech_challenge")
    return {"entry_id": entry.id, "demand_id": demand.id, "engagement_id": contract.engagement_id,
            "contract_id": contract.id,
            "collaboration_id": other.id, "capability_id": mine.id}


@pytest.fixture
def api(client, session, holder):
    """The description, read from the site, and a token of the holder."""
    session.add(ApiToken(user_id=holder.id, digest=hashlib.sha256(b"secret").hexdigest(),
                         expires_at=now().replace(year=2100)))
    session.flush()
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", client.application)


def operations(api):
    """Every operation, revoking the token last."""
    found = [result.ok() for result in api.get_all_operations()]
    return sorted(found, key=lambda operation: operation.method.upper() == "DELETE")


@pytest.mark.parametrize("records", ["known", "unknown"])
def test_generated_calls_meet_only_what_is_described(api, real, records):
    for operation in operations(api):
        @settings(max_examples=8, deadline=None, phases=[Phase.generate], derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def call(case):
            if records == "known":
                case.path_parameters = {name: str(real.get(name, value))
                                        for name, value in (case.path_parameters or {}).items()}
            case.call_and_validate(headers={"Authorization": "Bearer secret"}, checks=CHECKS)

        call()


def test_every_operation_says_who_may_call_it(api):
    for operation in operations(api):
        assert "security" in operation.definition.raw or operation.path in {"/api/v1/tokens"}, operation.label


def test_no_operation_answers_a_stranger(api, client):
    """Without a token every operation but the public ones is 401, before anything else is looked at."""
    public = {("GET", "/api/v1/demands/{demand_id}"), ("GET", "/api/v1/demands"), ("POST", "/api/v1/tokens"),
              ("GET", "/api/v1/ledger/checkpoint")}
    for operation in operations(api):
        path = re.sub(r"{[a-z_]+}", str(uuid.uuid4()), operation.path)
        if (operation.method.upper(), operation.path) not in public:
            assert client.open(path, method=operation.method.upper(), json={}).status_code == 401, operation.label
