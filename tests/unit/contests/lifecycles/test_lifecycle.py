"""A lifecycle written in TOML: whatever does not fit is an error that names its line."""

import pytest

from contests.catalogue import DefinitionError, parse
from tests.unit.contests.lifecycles.conftest import FOUNDING, PERMIT

SHIFT = FOUNDING.count("\n")
DECIDED = 'role = "city"\nreason = false\nledger = "case.decided"'
GOOD = 'code = "good"\nname = "合格"\nfloor = "unsaid"'


def fault(old: str, new: str) -> tuple[int, str]:
    """Line within permit.toml and message, after `old` became `new` (its first occurrence)."""
    assert old in PERMIT
    with pytest.raises(DefinitionError) as caught:
        parse(FOUNDING + PERMIT.replace(old, new, 1), "city.toml")
    return caught.value.line - SHIFT, str(caught.value)


def line_after(text: str, key: str) -> int:
    """The line of the first `key` at or after `text`, counted from 1."""
    lines = PERMIT.splitlines()
    start = lines.index(text)
    return next(number for number in range(start, len(lines)) if lines[number].startswith(key)) + 1


def test_it_loads(permit):
    assert [move.code for move in permit.openings()] == ["ask"]


@pytest.mark.parametrize(("old", "new", "at", "key", "says"), [
    ('from = ["asked"]', 'from = ["begged"]', 'code = "approve"', "from", "没有“begged”这个状态"),
    ('to = "closed"', 'to = "gone"', 'code = "close"', "to", "没有“gone”这个状态"),
    (f'{DECIDED}\nstarts', f'{DECIDED.replace("city", "king")}\nstarts', 'code = "approve"', "role", "没有“king”这个角色"),
    ('starts = ["repair"]', 'starts = ["repairs"]', 'code = "fail"', "starts", "没有“repairs”这个时限"),
    ('after = "repair"', 'after = "remorse"', 'code = "close"', "after", "没有“remorse”这个时限"),
    ('requires = ["sign_city", "sign_unit"]', 'requires = ["seal"]', 'code = "accept"', "requires", "没有“seal”这一步"),
    ('ledger = "case.revoked"', 'ledger = "case.burnt"', 'code = "close"', "ledger", "台账没有“case.burnt”"),
    ('grades = ["good"]', 'grades = ["superb"]', 'code = "accept"', "grades", "没有“superb”这个档次"),
    ('met_by = ["report"]', 'met_by = ["tell"]', 'name = "年度报告"', "met_by", "没有“tell”这一步"),
])
def test_an_unknown_name_is_an_error_on_its_line(old, new, at, key, says):
    line, message = fault(old, new)
    assert (line, says in message) == (line_after(at, key), True), message


def test_a_move_without_a_role_is_an_error():
    line, message = fault('from = ["asked"]\nto = "trial"\nrole = "city"', 'from = ["asked"]\nto = "trial"')
    assert "moves.1.role" in message
    assert line == line_after('code = "approve"', "code") - 1


def test_a_state_that_no_move_leads_to_is_an_error():
    line, message = fault('to = "repairing"', 'to = "running"')
    assert (line, "状态“整改期”走不到" in message) == (line_after('code = "repairing"', "code"), True), message


def test_a_state_without_a_way_out_must_be_marked_final():
    _, message = fault('name = "已撤销"\nfinal = true', 'name = "已撤销"')
    assert "“已撤销”走不出去" in message


def test_a_final_state_has_no_way_out():
    _, message = fault('name = "正式使用"', 'name = "正式使用"\nfinal = true')
    assert "“正式使用”是终点" in message


def test_a_clock_that_nothing_starts_is_an_error():
    _, message = fault('starts = ["repair"]\n', "")
    assert "时限“整改期”没有哪一步开始它" in message


def test_a_clock_has_one_length():
    _, message = fault("days = 30", "days = 30\nmonths = 1")
    assert "只写一种长度" in message


def test_cut_offs_fall():
    _, message = fault(GOOD, GOOD.replace('"unsaid"', "0"))
    assert "要低于“合格”的" in message


def test_an_unknown_key_is_an_error():
    _, message = fault('after = "repair"', 'later = "repair"')
    assert "没有这个键" in message


def test_a_code_stands_once():
    _, message = fault('code = "sign_unit"', 'code = "sign_city"')
    assert "code 重复：sign_city" in message


def test_a_phase_must_be_one_of_the_contest():
    _, message = fault('after = "repair"', 'after = "repair"\nphase = "harvest"')
    assert "没有“harvest”这个阶段" in message
