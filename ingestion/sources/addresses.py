"""Where a watched source may lie: public addresses only, unless the settings allow a network of the organisation's own.

The name is resolved once and the connection made to the very address that was looked at, so that a name which points
elsewhere a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from models.errors import Invalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
_PORTS = {"http": 80, "https": 443}
LONGEST = 1000


@dataclass(frozen=True)
class Endpoint:
    """An address that may be called: the URL's parts, and the IP address to connect to."""

    scheme: str
    host: str
    port: int
    path: str
    """With the query, as it is sent."""
    ip: str

    @property
    def origin(self) -> str:
        standard = self.port == _PORTS[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if standard else f":{self.port}")


def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a name, as this machine knows them. Invalid where it knows none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Invalid(f"找不到网站 {host}，请核对地址", field="location") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def endpoint(url: str, allowed: Sequence[Network] = (), lookup: Resolve = resolve) -> Endpoint:
    """`url` with the address to connect to. Invalid for another scheme, for a login in it, and where any address of
    the host is not public nor in one of the `allowed` networks."""
    parts, port = _parts(url)
    host = parts.hostname or ""
    addresses = [ipaddress.ip_address(one.split("%")[0]) for one in lookup(host, port)]
    if not addresses or not all(_open(one, allowed) for one in addresses):
        raise Invalid(f"{host} 在内网或本机上，不能自动读取。确实需要，请管理员在设置里放行这个网段", field="location")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, host, port, path, str(addresses[0]))


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise Invalid("网址写得不对", field="location") from None
    if parts.scheme not in _PORTS or not parts.hostname:
        raise Invalid("网址应以 http:// 或 https:// 开头", field="location")
    if parts.username or parts.password:
        raise Invalid("网址里不能写账号和密码：它会显示在页面上", field="location")
    if len(url) > LONGEST or not url.isascii() or any(char <= " " or char == "\x7f" for char in url):
        raise Invalid(f"网址里只能有英文、数字和符号，最多 {LONGEST} 个。请从浏览器的地址栏复制", field="location")
    return parts, port


def _open(address: Address, allowed: Sequence[Network]) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)  # ::ffff:127.0.0.1 is 127.0.0.1
    address = mapped or address
    if any(address.version == network.version and address in network for network in allowed):
        return True
    return address.is_global and not address.is_multicast
