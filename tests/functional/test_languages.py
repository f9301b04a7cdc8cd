"""The second language: chosen on any page, kept, and read as English all over the frame."""

import re

import pytest

from tests import factories

PLACE = "/demands?q=%E8%B5%B7%E7%9A%B1&district=371082"


def switch(client, to: str, place: str = PLACE):
    return client.post("/preferences/language", data={"locale": to}, headers={"Referer": f"http://localhost{place}"})


class TestSwitching:
    def test_comes_back_to_the_page_with_its_filters(self, client):
        assert switch(client, "en").location == PLACE
        assert '<html lang="en"' in client.get(PLACE).text

    def test_is_kept_in_the_account_too(self, client, session):
        person = factories.user(session)
        switch(client.login(person), "en")
        assert person.locale == "en"

    def test_goes_home_from_another_site(self, client):
        answer = client.post("/preferences/language", data={"locale": "en"},
                             headers={"Referer": "http://elsewhere.test/x"})
        assert answer.location == "/"

    def test_refuses_a_language_that_is_none(self, client):
        assert "Set-Cookie" not in switch(client, "fr").headers
        assert '<html lang="zh-CN"' in client.get("/").text

    def test_is_offered_on_staff_pages(self, client, session):
        client.login(factories.staff(session))
        assert 'action="/preferences/language"' in client.get("/staff/members").text


@pytest.mark.parametrize("path", ["/", "/demands", "/guide", "/about/privacy", "/login", "/register", "/nowhere"])
def test_the_frame_and_the_headings_are_english(client, path):
    client.set_cookie("lang", "en")
    shown = client.get(path).text
    assert re.search(r'<html lang="en"', shown)
    assert "Skip to content" in shown
    assert not re.findall(r"<h[12][^>]*>[^<]*[\u3400-\u9fff]", shown)


def test_an_amount_keeps_its_figure(client, session):
    demand = factories.demand(session)
    client.set_cookie("lang", "en")
    assert "30–50 ×10,000\xa0CNY" in client.get(f"/demands/{demand.id}").text
