"""Which addresses count as public."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnreadableError
from extract.readers.addresses import is_allowed, web_address


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
                                     "64:ff9b::808:808"])  # fmt: skip
def test_public_addresses_are_allowed(address):
    assert is_allowed(address)


@pytest.mark.parametrize(
    "address",
    """127.0.0.1 127.255.255.254 10.1.2.3 172.16.0.1 172.31.255.255 192.168.0.1 169.254.169.254 100.64.0.1
    100.100.100.200 168.63.129.16 192.0.0.192 0.0.0.0 224.0.0.1 239.255.255.255 255.255.255.255 240.0.0.1 198.18.0.1
    192.0.2.1 192.88.99.1 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 fe80::1 fe80::1%eth0
    fec0::1 fc00::1 fd00:ec2::254 ff02::1 2001:db8::1 2002:7f00:1:: 2001:0:1::1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe
    64:ff9b:1::808:808 100::1 5f00::1 4000::1 localhost 127.1 0x7f000001""".split(),
)
def test_all_else_is_not(address):
    assert not is_allowed(address)


@given(st.ip_addresses(v=4))
def test_an_address_within_another_is_never_more_public_than_itself(address):
    within = ipaddress.IPv6Address((0x64FF9B << 96) | int(address))
    assert is_allowed(str(within)) == is_allowed(str(address))
    assert not is_allowed(f"::ffff:{address}")


def test_the_allow_list_opens_no_more_than_it_names():
    allow = ("127.0.0.1", "fd00::/64")
    assert is_allowed("127.0.0.1", allow=allow)
    assert is_allowed("fd00::5", allow=allow)
    assert not any(
        is_allowed(other, allow=allow) for other in ("127.0.0.2", "::ffff:127.0.0.1", "::1", "fd00:0:0:1::5")
    )


@pytest.mark.parametrize(
    ("url", "whole"),
    [
        ("HTTPS://News.Test:443/a#b", "https://news.test/a"),
        ("http://news.test.", "http://news.test/"),
        ("http://новини.test/я?q=ї", "http://xn--b1amarcd.test/%D1%8F?q=%D1%97"),
        ("http://[2606:2800::1]:8080/", "http://[2606:2800::1]:8080/"),
    ],
)
def test_addresses_in_one_form(url, whole):
    assert web_address(url).url == whole


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_refused(text):
    try:
        found = web_address(f"http://{text}")
    except UnreadableError:
        return
    assert found.url.isascii()
    assert not set(found.url) & set("\r\n\t ")
