"""A watched source lies on the public internet, or in a network that the settings allow, whatever its name says."""

import ipaddress

import pytest

from ingestion.sources.addresses import endpoint
from models.errors import Invalid

PUBLIC = ["8.8.8.8"]


def at(url: str, *addresses: str, allowed=()):
    return endpoint(url, [ipaddress.ip_network(one) for one in allowed], lambda host, port: list(addresses))


@pytest.mark.parametrize("address", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "ff02::1"])
def test_an_address_inside_is_refused(address):
    with pytest.raises(Invalid, match="内网或本机"):
        at("http://news.example.cn/", address)


def test_one_address_inside_among_public_ones_is_enough_to_refuse():
    with pytest.raises(Invalid, match="内网或本机"):
        at("http://news.example.cn/", "8.8.8.8", "10.0.0.1")


def test_a_network_of_ones_own_is_let_through_and_no_other():
    assert at("http://oa.example.cn/list", "10.2.3.4", allowed=["10.2.0.0/16"]).ip == "10.2.3.4"
    with pytest.raises(Invalid):
        at("http://oa.example.cn/list", "10.3.0.1", allowed=["10.2.0.0/16"])


@pytest.mark.parametrize(("url", "why"), [
    ("ftp://a.cn/x", "http"), ("file:///etc/passwd", "http"), ("http://", "http"), ("gopher://a.cn", "http"),
    ("http://user:secret@a.cn/", "账号和密码"), ("http://a.cn:99999/", "网址写得不对"), ("http://[::1", "网址写得不对"),
    ("http://a.cn/a b", "英文、数字和符号"), ("http://a.cn/\r\nHost: b", "英文、数字和符号"), ("http://a.cn/需求", "英文、数字和符号"),
    ("http://a.cn/" + "x" * 1000, "最多 1000 个")])
def test_an_address_of_another_shape_says_what_is_wrong(url, why):
    with pytest.raises(Invalid, match=why):
        at(url, *PUBLIC)


def test_the_connection_goes_to_the_address_that_was_looked_at():
    found = at("https://news.example.cn:8443/rss.xml?page=1", *PUBLIC)
    assert (found.ip, found.port, found.path, found.origin) == (
        "8.8.8.8", 8443, "/rss.xml?page=1", "https://news.example.cn:8443")
