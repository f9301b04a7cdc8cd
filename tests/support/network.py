"""No test reaches a network: connections other than to this machine are refused by name."""

import ipaddress
import socket

_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine."""


def is_local(host: str | bytes | None) -> bool:
    if host in (None, "", "localhost", b"localhost"):
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


def _check(family: int, host) -> None:
    if family in (socket.AF_INET, socket.AF_INET6) and not is_local(host):
        raise NetworkBlocked(f"a test tried to connect to {host}")


def block() -> None:
    """Refuse every connection and name look-up that leaves the machine, in this process."""

    def connect(self, address):
        _check(self.family, address[0])
        return _connect(self, address)

    def connect_ex(self, address):
        _check(self.family, address[0])
        return _connect_ex(self, address)

    def getaddrinfo(host, *args, **kwargs):
        _check(socket.AF_INET, host)
        return _getaddrinfo(host, *args, **kwargs)

    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = connect, connect_ex, getaddrinfo


def unblock() -> None:
    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = _connect, _connect_ex, _getaddrinfo
