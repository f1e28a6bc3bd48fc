"""Which addresses may be fetched: http and https, and of the network only what is public.

What a link leads to is chosen by strangers, so all else is refused.
"""

import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from extract.errors import UnreadableError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_PORTS = {"http": 80, "https": 443}
_LOWEST_FREE_PORT = 1024
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# public by their number, but tunnels to elsewhere, relays, or a cloud's own service to the machines in it
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip


def is_allowed(address: str, *, allow: Collection[str] = ()) -> bool:
    """Whether to connect to `address`: it is public, or is named in `allow` exactly so (addresses or networks).

    An IPv4 address within an IPv6 one (NAT64) is judged by itself; an IPv4-mapped one, which only serves to get past
    such checks, is refused whatever it holds.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(found in ipaddress.ip_network(network) for network in allow) or is_public(found)


def is_public(address: IPAddress) -> bool:
    """Whether the address is one of the open internet: neither of this machine or network nor of special use."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address.scope_id or address not in _PUBLIC_V6:
            return False
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in network for network in _NOT_PUBLIC)


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address taken apart, without fragment: `path` with its query, percent-encoded as it is asked for."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """Host and, where it is not the usual one, port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.site}{self.path}"


def web_address(url: str) -> WebAddress:
    """An address taken apart. Raises `UnreadableError` when it is none that may be fetched."""
    try:
        parts = urlsplit(url.strip())
        # also refuses empty labels and such as are too long
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:
        raise UnreadableError("it is no web address that can be understood; check it") from error
    if parts.scheme not in _PORTS:
        raise UnreadableError(f"only http and https are fetched, not {parts.scheme[:20]!r}; give a file by its path")
    if parts.username is not None or parts.password is not None:
        raise UnreadableError("it carries a name or a password, which are never sent; leave them out")
    if not host or not host.isprintable() or any(c in host for c in "%\\ /<>^|`{}"):
        raise UnreadableError("it names no host that can be understood; check it")
    port = _PORTS[parts.scheme] if port is None else port
    if port not in _PORTS.values() and port < _LOWEST_FREE_PORT:
        raise UnreadableError(f"port {port} is not one of the web; leave it out")
    path = quote(parts.path or "/", safe="/%:=&~+!$,;'@()*[]-._")
    query = f"?{quote(parts.query, safe='/%:=&?~+!$,;@()*[]-._')}" if parts.query else ""
    return WebAddress(parts.scheme, host, port, path + query)
