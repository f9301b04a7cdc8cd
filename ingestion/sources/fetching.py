"""One file of somebody's site, fetched so that neither side is harmed: bounded, unhurried, never into the house."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

import urllib3
from urllib3.exceptions import HTTPError

from ingestion.sources.addresses import Endpoint, Network, Resolve, endpoint, resolve
from ingestion.sources.robots import AGENT, Rules, rules_of
from models.errors import Invalid

MOST = 20_000_000
"""Bytes of one answer, unpacked."""
_ROBOTS_MOST = 500_000
_REDIRECTS = 5
_SECONDS = 60.0
"""A whole answer, however slowly its bytes come."""
_PAUSE = 1.0
"""Seconds between two requests to one site, if it does not ask for more."""
_TIMEOUT = urllib3.Timeout(connect=5, read=15)


@dataclass(frozen=True)
class Fetched:
    """What a site answered. `data` None: nothing changed since the `etag` or date that was sent."""

    data: bytes | None
    url: str = ""
    """Where it was found, after redirects."""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True)
class _Answer:
    status: int
    headers: urllib3.HTTPHeaderDict
    data: bytes


@dataclass
class Fetcher:
    """Fetches for one round of the worker, which asks each site for its rules once. Not shared between threads."""

    allowed: Sequence[Network] = ()
    lookup: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, Rules] = field(default_factory=dict)
    _asked: dict[str, float] = field(default_factory=dict)

    def fetch(self, url: str, etag: str = "", last_modified: str = "") -> Fetched:
        """The file at `url`, redirects followed. Invalid, with a message for its owner, where it cannot be had."""
        headers = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified))
                   if value}
        answer, url = self._follow(url, lambda target, at: self._ask(target, headers, MOST, self._delay(target, at)))
        if answer is None:
            raise Invalid(f"这个网址转来转去超过 {_REDIRECTS} 次，请直接填最后的地址", field="location")
        return self._told(answer, url)

    def _follow(self, url: str, ask: Callable[[Endpoint, str], _Answer]) -> tuple[_Answer | None, str]:
        """The answer behind all redirects, None where they do not end, and where it was found. Each is looked at."""
        for _ in range(_REDIRECTS + 1):
            answer = ask(endpoint(url, self.allowed, self.lookup), url)
            if answer.status not in (301, 302, 303, 307, 308):
                return answer, url
            url = urljoin(url, answer.headers.get("Location", ""))
        return None, url

    def _delay(self, target: Endpoint, url: str) -> float:
        """The seconds a site wants between two requests. Invalid where it does not want this one."""
        rules = self._rules_of(target)
        if not rules.allow(url):
            raise Invalid(f"{target.host} 的 robots.txt 不让程序读取这个地址，请和网站管理员商量", field="location")
        return rules.delay

    @staticmethod
    def _told(answer: _Answer, url: str) -> Fetched:
        if answer.status == 304:
            return Fetched(None, url)
        if answer.status in (401, 403):
            raise Invalid(f"网站不让读（{answer.status}）：要登录的页面不能自动读取", field="location")
        if answer.status in (404, 410):
            raise Invalid(f"网站说没有这个地址（{answer.status}）", field="location")
        if answer.status != 200:
            raise Invalid(f"网站答复 {answer.status}，过一会儿再试", field="location")
        headers = answer.headers
        return Fetched(answer.data, url, headers.get("Content-Type", ""), headers.get("ETag", "")[:300],
                       headers.get("Last-Modified", "")[:100])

    def _rules_of(self, target: Endpoint) -> Rules:
        if target.origin not in self._rules:
            self._rules[target.origin] = self._read_rules(target)
        return self._rules[target.origin]

    def _read_rules(self, target: Endpoint) -> Rules:
        answer, _ = self._follow(f"{target.origin}/robots.txt",
                                 lambda found, _url: self._ask(found, {}, _ROBOTS_MOST, 0))
        return rules_of(answer.status, answer.data.decode("utf-8", "replace")) if answer else rules_of(404, "")

    def _ask(self, target: Endpoint, headers: dict[str, str], most: int, delay: float) -> _Answer:
        self._wait(target.origin, max(delay, _PAUSE))
        try:
            with _pool(target) as pool:
                response = pool.request("GET", target.path, headers={
                    "Host": target.origin.split("://")[1], "User-Agent": f"{AGENT}/1.0", "Accept-Encoding": "gzip",
                    **headers}, preload_content=False, redirect=False, retries=False, timeout=_TIMEOUT)
                return _Answer(response.status, response.headers, _bounded(response, most))
        except HTTPError as error:
            raise Invalid(_why(error, target.host), field="location") from None
        finally:
            self._asked[target.origin] = time.monotonic()

    def _wait(self, origin: str, pause: float) -> None:
        left = self._asked[origin] + pause - time.monotonic() if origin in self._asked else 0
        if left > 0:
            self.sleep(left)


def _pool(target: Endpoint) -> urllib3.HTTPConnectionPool:
    if target.scheme == "https":
        return urllib3.HTTPSConnectionPool(target.ip, target.port, server_hostname=target.host,
                                           assert_hostname=target.host, cert_reqs="CERT_REQUIRED")
    return urllib3.HTTPConnectionPool(target.ip, target.port)


def _bounded(response: urllib3.BaseHTTPResponse, most: int) -> bytes:
    """The body, unpacked piece by piece: what grows past `most`, or comes too slowly, is let go."""
    until, pieces, size = time.monotonic() + _SECONDS, [], 0
    try:
        for piece in response.stream(1 << 16, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise Invalid(f"内容超过 {most // 1_000_000 or 1} MB，不读", field="location")
            if time.monotonic() > until:
                raise Invalid(f"{_SECONDS:.0f} 秒还没有读完，网站太慢", field="location")
    finally:
        response.close()
    return b"".join(pieces)


def _why(error: HTTPError, host: str) -> str:
    match error:
        case urllib3.exceptions.SSLError():
            return f"{host} 的 HTTPS 证书核对不过，不读"
        case urllib3.exceptions.NewConnectionError():
            return f"连不上 {host}"
        case urllib3.exceptions.TimeoutError():
            return f"{host} 很久没有回应"
        case urllib3.exceptions.DecodeError():
            return f"{host} 发来的内容解不开"
    return f"连不上 {host}"
