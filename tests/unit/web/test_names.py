"""Short names of codes."""

import pytest

from web import names


@pytest.mark.parametrize(("code", "depth", "name"), [("C2442", 4, "体育用品"), ("C3499", 3, "通用设备"), ("A0412", 3, "渔业"),
                                                     ("", 4, ""), ("Z99", 3, "")])
def test_industries_lose_their_endings(code, depth, name):
    assert names.industry(code, depth) == name


def test_the_zones_go_by_what_people_call_them(app):
    with app.test_request_context():
        assert [names.district(code) for code in ("371071", "371082", "")] == ["高区", "荣成市", ""]
