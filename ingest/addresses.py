"""Which addresses may be fetched at all (guard S24): a name is nothing, the address behind it counts."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]  # host and port to every address, IPv4 and IPv6

_PORTS = {"https": 443, "http": 80}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_INTRANET = tuple(
    ipaddress.ip_network(network)
    for network in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7")
)


class FetchRefused(Exception):
    """An address that is not fetched, or an answer that is not taken; the message says why."""


@dataclass(frozen=True)
class Target:
    """One request that may be made: what is asked for, and the address that was checked for it."""

    url: str
    scheme: str
    host: str
    port: int
    address: str

    @property
    def pinned_url(self) -> str:
        """The same request to the checked address, so that a second answer of DNS changes nothing."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        parts = urlsplit(self.url)
        return parts._replace(netloc=f"{host}:{self.port}", fragment="").geturl()

    @property
    def host_header(self) -> str:
        """The name the server knows itself by."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def checked_target(url: str, allowed_host: str, resolve: Resolver, intranet: bool = False) -> Target:
    """The request for `url`, once its scheme, port, host and every address behind it have been checked.

    `intranet` allows http, other ports and private addresses: for a system inside the town hall, and tests.
    """
    parts = _split(url)
    host, port = ascii_host(parts.hostname or ""), parts.port or _PORTS.get(parts.scheme, 0)
    if parts.scheme not in (("https", "http") if intranet else ("https",)):
        raise FetchRefused(f"only https is fetched, not {parts.scheme or 'an address without a scheme'}")
    if parts.username is not None or parts.password is not None:
        raise FetchRefused("an address with a user name in it is not fetched")
    if host != allowed_host:
        raise FetchRefused(f"{host or 'no host'} is not the host of this source ({allowed_host})")
    if not intranet and port != _PORTS["https"]:
        raise FetchRefused(f"port {port} is not allowed")
    addresses = _resolved(resolve, host, port)
    for address in addresses:
        if not may_be_fetched(address, intranet):
            raise FetchRefused(f"{host} leads to {address}, which is not a public address")
    return Target(url, parts.scheme, host, port, addresses[0])


def may_be_fetched(address: str, intranet: bool = False) -> bool:
    """True for a public address; with `intranet` also for those of a private network, never for others."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(ip)
    if inner is not None:
        return may_be_fetched(str(inner), intranet)
    if intranet and any(ip in network for network in _INTRANET):
        return True
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)


def host_of(url: str) -> str:
    """The host of an address, as it is compared: small letters, without accents outside ASCII."""
    return ascii_host(_split(url).hostname or "")


def ascii_host(host: str) -> str:
    """The host as DNS knows it ("xn--…" for letters outside ASCII)."""
    try:
        return (host if host.isascii() else host.encode("idna").decode()).lower().rstrip(".")
    except UnicodeError:
        raise FetchRefused(f"not a host name: {host[:80]!r}") from None


def resolve_all(host: str, port: int) -> list[str]:
    """Every address of a host, as the operating system finds them."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchRefused(f"{host} cannot be found: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def _resolved(resolve: Resolver, host: str, port: int) -> list[str]:
    addresses = resolve(host, port)
    if not addresses:
        raise FetchRefused(f"{host} has no address")
    return addresses


def _inner(ip: IpAddress) -> IpAddress | None:
    """The IPv4 address inside an IPv6 one (mapped, 6to4, Teredo, NAT64), which is where it really leads."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _split(url: str) -> SplitResult:
    if any(ord(mark) <= 32 or mark == "\\" for mark in url):
        raise FetchRefused("an address with spaces or backslashes in it is not fetched")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchRefused(f"not an address: {error}") from None
    return parts
