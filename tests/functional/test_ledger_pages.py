"""The ledger as staff, the parties and anybody may see it."""

import pytest

from ledger import log
from ledger.signer import Signer
from tests import factories
from tests.support.stories import confirmed, talks


@pytest.fixture
def story(session):
    return talks(session)


@pytest.fixture
def collaboration(session, settings, story):
    found = confirmed(session, story).collaboration
    session.commit()
    log.sign_checkpoint(session, Signer.open(settings.keys_folder))
    return found


def test_anybody_checks_an_entry_and_sees_no_name(client, collaboration, story):
    for number in (str(collaboration.ledger_index), collaboration.number.lower(), f"第 {collaboration.ledger_index} 条"):
        page = client.get("/proof", query_string={"number": number}).text
        assert "没有被改过" in page
        assert story.expert.name not in page
        assert collaboration.contract.revision.name not in page


@pytest.mark.parametrize("number", ["999999", "HT-1999-0001", "<script>", "9" * 30])
def test_what_is_not_there_is_not_found(client, collaboration, number):
    answer = client.get("/proof", query_string={"number": number})
    assert answer.status_code == 404
    assert "没有找到" in answer.text
    assert "<script>”" not in answer.text


def test_the_checkpoint_and_its_key_are_public(client, collaboration):
    note = client.get("/ledger/checkpoint")
    assert note.mimetype == "text/plain"
    assert note.text.split("\n")[1] == str(collaboration.ledger_index + 1)
    assert client.get(f"/ledger/checkpoints/{collaboration.ledger_index + 1}").text == note.text
    assert client.get("/ledger/vkey").text.startswith(note.text.split("\n")[0])


def test_without_entries_there_is_no_checkpoint(client):
    assert client.get("/ledger/checkpoint").status_code == 404
    assert client.get("/ledger/vkey").status_code == 404
    assert client.get("/proof").status_code == 200


def test_the_parties_fetch_their_receipt_and_strangers_do_not(client, session, collaboration, story):
    url = f"/ledger/{collaboration.ledger_index}/receipt"
    for party in (story.firm, story.person):
        assert client.login(party).get(url).text.startswith("c2sp.org/tlog-proof@v1")
    assert client.login(factories.contact(session)).get(url).status_code == 404


def test_staff_see_the_entries_and_check_the_log(client, session, collaboration):
    client.login(factories.staff(session))
    assert "合同双方确认" in client.get("/staff/ledger").text
    assert "都对得上" in client.get("/staff/ledger?check=1").text
    page = client.get(f"/staff/ledger/{collaboration.ledger_index}").text
    assert collaboration.contract.revision.contract_number in page


def test_members_do_not_see_the_staffs_list(client, collaboration, story):
    client.login(story.firm)
    assert client.get("/staff/ledger").status_code == 403
    assert client.get(f"/staff/ledger/{collaboration.ledger_index}").status_code == 403
