"""Fetching one address that a person gave. The only module of the extractor that opens a connection.

Only http and https, only to public addresses. The address is checked after the name is resolved and is the very one
connected to, at every redirect and for robots.txt too, so that no name can lead to this machine or its network.
Cookies, proxies and credentials play no part.
"""

import http.client
import socket
import ssl
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urljoin
from urllib.robotparser import RobotFileParser

from extract.errors import UnreadableError, UnreadableInputError
from extract.readers.addresses import WebAddress, is_allowed, web_address
from extract.readers.timing import Clock, OverdueError, TimedSocket, within

AGENT = "Dateline"
USER_AGENT = f"{AGENT}/1.0 (news article reader; fetches single pages at a person's request)"
MEDIA_TYPES = frozenset(
    """text/html application/xhtml+xml text/plain text/xml application/xml application/rss+xml application/atom+xml
    application/rdf+xml application/feed+json application/json""".split()
)
_REDIRECTS = frozenset([301, 302, 303, 307, 308])
_ROBOTS_BYTES = 512_000
_PIECE = 65_536
_GZIP = zlib.MAX_WBITS | 16


def system_addresses(host: str, port: int) -> Sequence[str]:
    """The addresses of a host by the system's resolver, in its order of preference."""
    return list(dict.fromkeys(info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """What may be fetched; to hold one is to be allowed to fetch.

    `allow_addresses`: addresses or networks besides the public ones. `step_seconds` bounds resolving, connecting and
    each wait for data, `overall_seconds` everything for one address with its redirects. `max_bytes` counts what the
    answer unpacks to. `resolve(host, port)` gives the addresses of a host and raises `OSError` when there are none.
    """

    allow_addresses: tuple[str, ...] = ()
    step_seconds: float = 10.0
    overall_seconds: float = 60.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5
    resolve: Callable[[str, int], Sequence[str]] = system_addresses


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: `url` is where the redirects ended, `media_type` without parameters, `charset` as HTTP states it or
    empty, `content` unpacked, `retrieved_at` in UTC (ISO 8601)."""

    url: str
    media_type: str
    charset: str
    content: bytes
    retrieved_at: str


class Fetcher:
    """Fetches addresses under one policy, one after the other; remembers each site's robots.txt."""

    def __init__(self, policy: FetchPolicy):
        self._policy = policy
        self._robots: dict[str, RobotFileParser | UnreadableInputError] = {}

    def fetch(self, url: str) -> Fetched:
        """The answer to `url`. Raises `UnreadableError` when it is refused, by this policy, by robots.txt or by the
        server, and `UnreadableInputError` when it cannot be got now and may be later; both say why."""
        clock = Clock(self._policy.step_seconds, self._policy.overall_seconds)
        try:
            with self._telling(clock):
                return self._followed(web_address(url), clock)
        except OverdueError:
            seconds = f"{self._policy.overall_seconds:g} s"
            raise UnreadableInputError(
                f"it took longer than {seconds} in all; save the page and give the file"
            ) from None

    @contextmanager
    def _telling(self, clock: Clock) -> Iterator[None]:
        """What goes wrong on the network, told with the way out."""
        try:
            yield
        except TimeoutError as error:
            if clock.on_last_step:
                raise OverdueError from error
            seconds = f"{self._policy.step_seconds:g} s"
            raise UnreadableInputError(f"the site did not answer for {seconds}; try again later") from error
        except ssl.SSLCertVerificationError as error:
            what = f"its certificate is not valid for it ({error.verify_message})"
            raise UnreadableInputError(f"{what}; the page may not be genuine") from error
        except (http.client.HTTPException, ssl.SSLError, zlib.error) as error:
            what = " ".join(f"{type(error).__name__} {error}".split())[:200]
            raise UnreadableInputError(
                f"the site's answer is malformed or cut off ({what}); try again later"
            ) from error
        except UnreadableInputError:
            raise
        except OSError as error:
            what = error.strerror or str(error)
            raise UnreadableInputError(f"the connection failed ({what}); check address and network") from error

    def _followed(self, target: WebAddress, clock: Clock) -> Fetched:
        for _ in range(self._policy.max_redirects + 1):
            self._obey_robots(target, clock)
            with self._asked(target, clock) as response:
                if response.status in _REDIRECTS:
                    target = _redirected(target, response)
                    continue
                return self._taken(target, response)
        raise UnreadableError(
            f"it redirects more than {self._policy.max_redirects} times; give the last address itself"
        )

    def _taken(self, target: WebAddress, response: http.client.HTTPResponse) -> Fetched:
        if response.status != 200:
            reason = f"{response.status} {response.reason[:60]}".strip()
            raise UnreadableError(f"the site answered {reason}; check the address, or save the page and give the file")
        media_type = (response.getheader("Content-Type") or "").partition(";")[0].strip().lower()
        if media_type not in MEDIA_TYPES:
            what = repr(media_type[:60]) if media_type else "without saying what kind of file it is"
            raise UnreadableError(
                f"the site answered {what}, which is no page, feed or text; save it and give the file"
            )
        content = _body(response, self._policy.max_bytes)
        charset = response.headers.get_content_charset("")
        return Fetched(target.url, media_type, charset, content, datetime.now(UTC).isoformat(timespec="seconds"))

    def _obey_robots(self, target: WebAddress, clock: Clock) -> None:
        site = f"{target.scheme}://{target.site}"
        if site not in self._robots:
            try:
                with self._telling(clock):
                    self._robots[site] = self._rules(web_address(f"{site}/robots.txt"), clock)
            except UnreadableInputError as error:
                self._robots[site] = error
        rules = self._robots[site]
        if isinstance(rules, UnreadableInputError):
            raise UnreadableInputError(f"the site's robots.txt cannot be read: {rules}") from rules
        if not rules.can_fetch(AGENT, target.url):
            raise UnreadableError(
                "the site's robots.txt asks programs not to fetch it; save the page and give the file"
            )

    def _rules(self, target: WebAddress, clock: Clock) -> RobotFileParser:
        """A site's rules (RFC 9309): none when it has no robots.txt. Raises `UnreadableInputError` when that
        cannot be known."""
        rules = RobotFileParser()
        for _ in range(self._policy.max_redirects + 1):
            with self._asked(target, clock) as response:
                if response.status in _REDIRECTS:
                    target = _redirected(target, response)
                    continue
                if response.status >= 500 or response.status == 429:
                    raise UnreadableInputError(f"the site answered {response.status}; try again later")
                found = response.status == 200
                text = _body(response, _ROBOTS_BYTES, cut=True).decode("utf-8", "replace") if found else ""
                break
        else:
            text = ""
        rules.parse(text.removeprefix("\ufeff").splitlines())
        return rules

    @contextmanager
    def _asked(self, target: WebAddress, clock: Clock) -> Iterator[http.client.HTTPResponse]:
        """The answer to one request, its body not yet read."""
        connected = self._connected(target, clock)
        try:
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = TimedSocket(connected, clock)  # type: ignore[assignment]
            headers = {
                "Host": target.site,
                "User-Agent": USER_AGENT,
                "Accept": ", ".join(sorted(MEDIA_TYPES)),
                "Accept-Encoding": "gzip",
                "Connection": "close",
            }
            connection.request("GET", target.path, headers=headers)
            yield connection.getresponse()
        finally:
            connected.close()

    def _connected(self, target: WebAddress, clock: Clock) -> socket.socket:
        """A connection to the first address of the target that answers, every one of them checked before."""
        addresses = within(clock.left(), lambda: self._policy.resolve(target.host, target.port))
        allow = self._policy.allow_addresses
        if not addresses or not all(is_allowed(address, allow=allow) for address in addresses):
            where = f"{target.site} is not on the public internet"
            raise UnreadableError(f"{where}, and only public sites are fetched; save the page and give the file")
        for number, address in enumerate(addresses, 1):
            try:
                connected = socket.create_connection((address, target.port), timeout=clock.left())
                break
            except OSError:
                if number == len(addresses):
                    raise
        try:
            if not is_allowed(connected.getpeername()[0], allow=allow):
                raise UnreadableError(f"{target.site} led to an address that is not public; nothing was fetched")
            if target.scheme == "https":
                connected.settimeout(clock.left())
                connected = ssl.create_default_context().wrap_socket(connected, server_hostname=target.host)
        except BaseException:
            connected.close()
            raise
        return connected


def _redirected(target: WebAddress, response: http.client.HTTPResponse) -> WebAddress:
    """Where an answer leads on to. Raises `UnreadableError` when that may not be fetched."""
    location = response.getheader("Location") or ""
    if not location:
        raise UnreadableError(f"the site answered {response.status} without saying where to; check the address")
    # a header is bytes; browsers take them for UTF-8
    location = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        return web_address(urljoin(target.url, location))
    except (UnreadableError, ValueError) as error:
        raise UnreadableError(f"it redirects to {location[:200]!r}, and {error}") from error


def _body(response: http.client.HTTPResponse, most_bytes: int, *, cut: bool = False) -> bytes:
    """The whole body, unpacked piece by piece. Raises `UnreadableError` when it is larger than `most_bytes`, unless the
    rest may be `cut` off, and `UnreadableInputError` when it ends early."""
    encoding = (response.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise UnreadableError(f"the answer is packed as {encoding[:40]!r}, which was not asked for; save the page")
    unpack = None if encoding == "identity" else zlib.decompressobj(_GZIP)
    body = bytearray()
    while len(body) <= most_bytes and (piece := response.read(_PIECE)):
        if unpack is None:
            body += piece
            continue
        if unpack.eof:
            break
        while piece and len(body) <= most_bytes:
            body += unpack.decompress(piece, most_bytes + 1 - len(body))
            piece = unpack.unconsumed_tail
    if len(body) > most_bytes:
        if cut:
            return bytes(body[:most_bytes])
        raise UnreadableError(f"the answer is larger than {most_bytes / 1e6:g} MB; save it and give the file")
    ended = not response.length if unpack is None else unpack.eof or not body
    if not ended:
        raise UnreadableInputError("the answer was cut off before its end; try again later")
    return bytes(body)
