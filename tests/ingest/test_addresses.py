"""Guard S24: which addresses may be fetched."""

from __future__ import annotations

import pytest

from ingest.addresses import FetchRefused, Resolver, checked_target, host_of, may_be_fetched, resolve_all

PRIVATE = [
    "127.0.0.1", "127.8.9.1", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "::1", "fc00::1",
    "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
]  # fmt: skip
NEVER = [
    "169.254.169.254", "100.64.0.1", "0.0.0.0", "fe80::1", "fe80::1%eth0", "224.0.0.1", "ff02::1",
    "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "2001:db8::1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "not an address", "",
]  # fmt: skip
PUBLIC = ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"]


@pytest.mark.parametrize("address", PRIVATE + NEVER)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not may_be_fetched(address)


@pytest.mark.parametrize("address", NEVER)
def test_the_intranet_setting_opens_no_more_than_private_networks(address: str) -> None:
    assert not may_be_fetched(address, intranet=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_the_intranet_setting_opens_private_networks(address: str) -> None:
    assert may_be_fetched(address, intranet=True)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_fetched(address: str) -> None:
    assert may_be_fetched(address)


def resolving(*addresses: str) -> Resolver:
    return lambda host, port: list(addresses)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://api.example/x", "only https"),
        ("ftp://api.example/x", "only https"),
        ("file:///etc/passwd", "only https"),
        ("//api.example/x", "only https"),
        ("https://user@api.example/x", "user name"),
        ("https://user:secret@api.example/x", "user name"),
        ("https://api.example:8443/x", "port 8443"),
        ("https://api.example:80/x", "port 80"),
        ("https://api.example:99999/x", "not an address"),
        ("https://other.example/x", "not the host"),
        ("https://api.example.evil.example/x", "not the host"),
        ("https://evil.example\\@api.example/x", "backslashes"),
        ("https://api.example/x y", "spaces"),
        ("https://[::1", "not an address"),
        ("https:///x", "not the host"),
    ],
)
def test_an_odd_address_is_refused(url: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason):
        checked_target(url, "api.example", resolving(PUBLIC[0]))


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "localhost"])
def test_a_number_in_disguise_is_refused_for_where_it_leads(host: str) -> None:
    # no resolver of our own: the operating system turns each of these into 127.0.0.1
    with pytest.raises(FetchRefused):
        checked_target(f"https://{host}/", host, resolve_all)


def test_every_address_of_a_host_must_be_public() -> None:
    with pytest.raises(FetchRefused, match=r"leads to 10\.0\.0\.1"):
        checked_target("https://api.example/x", "api.example", resolving(PUBLIC[0], "10.0.0.1"))


def test_a_host_without_address_is_refused() -> None:
    with pytest.raises(FetchRefused, match="no address"):
        checked_target("https://api.example/x", "api.example", resolving())


def test_the_request_goes_to_the_checked_address_under_the_host_s_own_name() -> None:
    target = checked_target("https://API.example/x?y=1#z", "api.example", resolving(PUBLIC[1]))
    assert target.pinned_url == f"https://[{PUBLIC[1]}]:443/x?y=1"
    assert target.host_header == "api.example"


def test_a_host_with_letters_outside_ascii_is_compared_as_dns_knows_it() -> None:
    assert host_of("https://gemeente-súdwest.example/") == "xn--gemeente-sdwest-cvb.example"
    with pytest.raises(FetchRefused, match="not the host"):
        checked_target("https://аpi.example/x", "api.example", resolving(PUBLIC[0]))  # a Cyrillic letter
