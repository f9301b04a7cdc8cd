import pytest

from engagements.conversations import advance, end, say
from engagements.stages import MOVES, move
from models.audit import AuditEvent
from models.contracts import ContractStatus
from models.engagements import EndCode, Side, Stage
from models.errors import Conflict, Invalid, NotFound
from tests import factories
from tests.support.stories import confirmed, recorded, talks


def test_a_message_reaches_the_other_side(session):
    story = talks(session)
    message = say(session, story.person, story.engagement, "周三上午带两根样竿过来，可以吗\r\n地点在车间")
    assert message.text == "周三上午带两根样竿过来，可以吗\n地点在车间"
    assert session.query(AuditEvent).filter_by(action="engagement.say").one().actor_id == story.person.id


def test_the_same_form_sent_twice_is_one_message(session):
    story = talks(session)
    assert say(session, story.firm, story.engagement, "好") is say(session, story.firm, story.engagement, "好")
    assert len(story.engagement.messages) == 1


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "字" * 4001])
def test_what_is_no_message_is_refused(session, text):
    story = talks(session)
    with pytest.raises(Invalid):
        say(session, story.firm, story.engagement, text)


def test_contact_data_waits_until_both_agreed(session):
    story = talks(session)
    say(session, story.firm, story.engagement, "我的电话 19900001234")
    story.engagement.accepted_at = None
    with pytest.raises(Invalid, match="手机号"):
        say(session, story.firm, story.engagement, "我的电话是 19900001235")


def test_a_stranger_cannot_speak(session):
    with pytest.raises(NotFound):
        say(session, factories.contact(session), talks(session).engagement, "您好")


def test_stages_go_on_in_order(session):
    story = talks(session, Stage.interest)
    advance(session, story.firm, story.engagement, Stage.visit)
    advance(session, story.person, story.engagement, Stage.trial)
    assert [event.stage for event in story.engagement.events] == [Stage.visit, Stage.trial]


@pytest.mark.parametrize(("present", "wanted"), [(here, there) for here in Stage for there in Stage
                                                 if there not in MOVES[here]])
def test_every_other_move_is_refused(session, present, wanted):
    engagement = factories.engagement(session, stage=Stage.interest)
    engagement.stage = present
    with session.no_autoflush, pytest.raises(Conflict):
        move(engagement, wanted, engagement.expert.user)
    session.expire(engagement)


def test_nobody_moves_on_before_the_other_side_agreed(session):
    story = talks(session, Stage.interest)
    story.engagement.accepted_at = None
    with pytest.raises(Conflict):
        advance(session, story.firm, story.engagement, Stage.visit)


def test_an_end_carries_a_code_and_closes_the_talk(session):
    story = talks(session)
    end(session, story.person, story.engagement, EndCode.schedule)
    assert (story.engagement.end_code, story.engagement.ended_by) == (EndCode.schedule, Side.expert)
    with pytest.raises(Conflict):
        say(session, story.firm, story.engagement, "还在吗")


def test_another_reason_must_be_told(session):
    story = talks(session)
    with pytest.raises(Invalid):
        end(session, story.person, story.engagement, EndCode.other)


def test_an_unconfirmed_contract_is_cancelled_with_the_talk(session):
    story = talks(session)
    contract = recorded(session, story)
    end(session, story.firm, story.engagement, EndCode.price)
    assert contract.status is ContractStatus.cancelled


def test_a_confirmed_contract_cannot_be_left(session):
    story = talks(session)
    confirmed(session, story)
    with pytest.raises(Conflict):
        end(session, story.firm, story.engagement, EndCode.price)
