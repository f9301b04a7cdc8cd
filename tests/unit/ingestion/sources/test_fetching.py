"""A real server on this machine, which the test's settings allow: what is asked of it, what is not taken."""

import gzip
import ipaddress
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingestion.sources import fetching
from ingestion.sources.fetching import Fetcher
from models.errors import Invalid
from tests.support.http_site import serving

ROBOTS = b"User-agent: *\nDisallow: /secret\nCrawl-delay: 7\n"


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    with serving(Site) as server:
        server.pages, server.asked = {}, []
        yield server


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def fetcher(pauses) -> Fetcher:
    return Fetcher([ipaddress.ip_network("127.0.0.0/8")], lambda host, port: ["127.0.0.1"], pauses.append)


def url(site, path: str) -> str:
    return f"http://list.example.cn:{site.server_port}{path}"


def test_the_site_is_asked_by_its_name_and_for_its_rules_first(site, fetcher):
    site.pages["/a"] = (200, {"Content-Type": "text/html", "ETag": '"1"'}, b"hello")
    found = fetcher.fetch(url(site, "/a"))
    assert (found.data, found.content_type, found.etag) == (b"hello", "text/html", '"1"')
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a"]
    assert site.asked[1][1]["Host"] == f"list.example.cn:{site.server_port}"


def test_what_did_not_change_is_not_sent_again(site, fetcher):
    site.pages["/a"] = (200, {"ETag": '"1"'}, b"hello")
    assert fetcher.fetch(url(site, "/a"), etag='"1"').data is None


def test_what_robots_txt_keeps_closed_is_not_asked_for(site, fetcher):
    site.pages |= {"/robots.txt": (200, {}, ROBOTS), "/secret/list": (200, {}, b"no")}
    with pytest.raises(Invalid, match="robots.txt"):
        fetcher.fetch(url(site, "/secret/list"))
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def test_a_site_that_cannot_say_its_rules_is_left_alone(site, fetcher):
    site.pages |= {"/robots.txt": (500, {}, b""), "/a": (200, {}, b"x")}
    with pytest.raises(Invalid, match="robots.txt"):
        fetcher.fetch(url(site, "/a"))


def test_a_site_is_not_hurried(site, fetcher, pauses):
    site.pages |= {"/robots.txt": (200, {}, ROBOTS), "/a": (200, {}, b"x"), "/b": (200, {}, b"x")}
    fetcher.fetch(url(site, "/a"))
    fetcher.fetch(url(site, "/b"))
    assert len(pauses) == 2  # after the rules, and between the pages
    assert all(6 < pause <= 7 for pause in pauses)


def test_a_redirect_into_the_house_is_not_followed(site):
    site.pages["/a"] = (302, {"Location": "http://intranet.example.cn/"}, b"")
    fetcher = Fetcher([ipaddress.ip_network("127.0.0.0/8")], sleep=lambda _: None,
                      lookup=lambda host, port: ["127.0.0.1" if host == "list.example.cn" else "10.0.0.1"])
    with pytest.raises(Invalid, match=r"intranet\.example\.cn 在内网"):
        fetcher.fetch(url(site, "/a"))


def test_a_redirect_to_another_scheme_is_refused(site, fetcher):
    site.pages["/a"] = (302, {"Location": "file:///etc/passwd"}, b"")
    with pytest.raises(Invalid, match="http"):
        fetcher.fetch(url(site, "/a"))


def test_redirects_without_end_come_to_one(site, fetcher):
    site.pages["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(Invalid, match="转来转去"):
        fetcher.fetch(url(site, "/a"))


@pytest.mark.parametrize(("status", "why"), [(401, "要登录"), (403, "要登录"), (404, "没有这个地址"), (410, "没有这个地址"),
                                             (500, "答复 500"), (204, "答复 204")])
def test_an_answer_without_a_file_says_what_the_site_said(site, fetcher, status, why):
    site.pages["/a"] = (status, {}, b"")
    with pytest.raises(Invalid, match=why):
        fetcher.fetch(url(site, "/a"))


def test_a_packed_bomb_is_let_go_as_it_grows(site, fetcher, monkeypatch):
    monkeypatch.setattr(fetching, "MOST", 2_000_000)
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000_000)))
    with pytest.raises(Invalid, match="超过 2 MB"):
        fetcher.fetch(url(site, "/a"))


def test_what_is_packed_wrongly_is_told(site, fetcher):
    site.pages["/a"] = (200, {"Content-Encoding": "gzip"}, b"not gzip at all")
    with pytest.raises(Invalid, match="解不开"):
        fetcher.fetch(url(site, "/a"))


def test_nobody_at_home_is_told(fetcher):
    with pytest.raises(Invalid, match="连不上"):
        fetcher.fetch("http://list.example.cn:9/a")
