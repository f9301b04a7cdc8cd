"""The fixtures keep their promises: nothing a test writes outlives it, and nothing leaves the machine."""

import socket

import pytest
from sqlalchemy import func, select

from models.accounts import User
from tests import factories
from tests.support.network import NetworkBlocked


@pytest.mark.parametrize("attempt", [1, 2])
def test_a_committed_row_is_gone_in_the_next_test(session, attempt):
    assert session.scalar(select(func.count()).select_from(User)) == 0
    factories.user(session)
    session.commit()


def test_the_site_sees_the_row_that_the_test_flushed(client, session):
    member = factories.user(session)
    client.login(member)
    with client.session_transaction() as cookie:
        assert cookie["_user_id"]


def test_the_network_is_out_of_reach():
    with pytest.raises(NetworkBlocked), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


def test_a_private_database_has_the_schema(private_database):
    with private_database.read() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0
