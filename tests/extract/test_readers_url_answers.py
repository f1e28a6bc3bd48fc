"""Fetching addresses: answers of hostile servers, and robots.txt."""

import gzip
import itertools
import os
import time
import tracemalloc

import pytest

from extract.errors import UnreadableInputError
from tests.extract.hostile_site import PAGE, answer, drip, opened, redirect, refused


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "application/octet-stream", "text/css", ""])
def test_other_kinds_than_text_are_refused(site, fetcher, kind):
    site.routes["/a"] = answer(Content_Type=kind)
    assert "no page, feed or text" in refused(fetcher, f"{site.url}/a")


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "500 Oops", "204 No Content", "206 Partial"])
def test_other_answers_than_ok_are_told(site, fetcher, status):
    site.routes["/a"] = answer(status=status)
    assert status[:3] in refused(fetcher, f"{site.url}/a")


def test_a_body_above_the_limit_is_refused(site, fetcher):
    site.routes["/a"] = answer(b"x" * 11_000_000)
    assert "10 MB" in refused(fetcher, f"{site.url}/a")


def test_a_body_at_the_limit_is_read(site):
    site.routes["/a"] = answer(b"x" * 1_000)
    assert len(opened(max_bytes=1_000).fetch(f"{site.url}/a").content) == 1_000


def test_a_packed_bomb_is_refused_without_unpacking_it(site, fetcher):
    bomb = gzip.compress(bytes(300_000_000), compresslevel=9)
    site.routes["/a"] = answer(bomb, Content_Encoding="gzip")
    tracemalloc.start()
    told = refused(fetcher, f"{site.url}/a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "10 MB" in told
    assert peak < 40_000_000


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd", "deflate"])
def test_packings_nobody_asked_for_are_refused(site, fetcher, encoding):
    site.routes["/a"] = answer(Content_Encoding=encoding)
    assert "not asked for" in refused(fetcher, f"{site.url}/a")


def test_an_answer_that_lies_of_its_packing_is_told(site, fetcher):
    site.routes["/a"] = answer(Content_Encoding="gzip")
    assert "malformed" in refused(fetcher, f"{site.url}/a", UnreadableInputError)


def test_what_follows_a_packed_body_is_not_collected(site, fetcher):
    first = answer(gzip.compress(PAGE), Content_Encoding="gzip", Content_Length="20000000")
    rest = bytes(100_000)
    site.routes["/a"] = lambda: itertools.chain(first(), itertools.repeat(rest, 200))
    tracemalloc.start()
    found = fetcher.fetch(f"{site.url}/a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.content == PAGE
    assert peak < 5_000_000


@pytest.mark.parametrize(
    "cut",
    [
        answer(PAGE, Content_Length=str(len(PAGE) + 1_000)),
        answer(gzip.compress(PAGE)[:-20], Content_Encoding="gzip"),
        answer(b"40\r\nonly some of it", Transfer_Encoding="chunked"),
    ],
    ids=["length", "gzip", "chunked"],
)
def test_an_answer_cut_off_is_told(site, fetcher, cut):
    site.routes["/a"] = cut
    assert "cut off" in refused(fetcher, f"{site.url}/a", UnreadableInputError)


def test_no_more_is_read_than_the_length_stated(site, fetcher):
    site.routes["/a"] = answer(b"x" * 5_000, Content_Length="100")
    assert fetcher.fetch(f"{site.url}/a").content == b"x" * 100


@pytest.mark.parametrize(
    "first",
    [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", b""],
    ids=["headers", "body", "status"],
)
def test_a_drip_ends_at_the_overall_limit(site, first):
    site.routes["/a"] = drip(first)
    start = time.monotonic()
    assert "took longer than 0.5 s" in refused(opened(overall_seconds=0.5), f"{site.url}/a", UnreadableInputError)
    assert time.monotonic() - start < 1.5


def test_a_silent_server_is_not_waited_for(site):
    site.routes["/a"] = drip(b"HTTP/1.1 200 OK\r\n", seconds=3)
    assert "did not answer" in refused(opened(step_seconds=0.3), f"{site.url}/a", UnreadableInputError)


def test_a_wait_ends_with_the_overall_limit(site):
    site.routes["/a"] = drip(b"HTTP/1.1 200 OK\r\n", seconds=3)
    start = time.monotonic()
    told = refused(opened(step_seconds=2.0, overall_seconds=0.3), f"{site.url}/a", UnreadableInputError)
    assert "took longer than 0.3 s" in told
    assert time.monotonic() - start < 1.5


def test_interim_answers_without_end_are_not_waited_for(site):
    site.routes["/a"] = drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", seconds=0.01)
    told = refused(opened(overall_seconds=0.5), f"{site.url}/a", UnreadableInputError)
    assert "took longer" in told or "malformed" in told


@pytest.mark.parametrize(
    "flood",
    [b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5_000 + b"\r\n", b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 200_000,
     b"HTTP/1.1 " + b"2" * 200_000, b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.1 abc OK\r\n\r\n"],
    ids=["many", "long", "status", "other", "number"],
)  # fmt: skip
def test_malformed_answers_are_told(site, fetcher, flood):
    site.routes["/a"] = lambda: iter([flood])
    assert "malformed" in refused(fetcher, f"{site.url}/a", UnreadableInputError)


def test_a_redirect_without_a_target_is_told(site, fetcher):
    site.routes["/a"] = answer(b"", status="301 Moved")
    assert "without saying where" in refused(fetcher, f"{site.url}/a")


def test_nobody_listening_is_told(site, fetcher):
    site.server.server_close()
    assert "connection failed" in refused(fetcher, site.url, UnreadableInputError)


def test_robots_are_obeyed(site, fetcher):
    rules = b"User-agent: dateline\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
    site.routes |= {"/robots.txt": answer(rules, Content_Type="text/plain"), "/a": answer(), "/private/a": answer()}
    assert fetcher.fetch(f"{site.url}/a").content == PAGE
    assert "robots.txt" in refused(fetcher, f"{site.url}/private/a")
    assert site.paths() == ["/robots.txt", "/a"]


def test_robots_are_obeyed_at_redirects(site, fetcher):
    site.routes["/robots.txt"] = answer(b"User-agent: *\nDisallow: /b\n", Content_Type="text/plain")
    site.routes |= {"/a": redirect("/b"), "/b": answer()}
    assert "robots.txt" in refused(fetcher, f"{site.url}/a")


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "403 Forbidden"])
def test_a_site_without_robots_may_be_fetched(site, fetcher, status):
    site.routes |= {"/robots.txt": answer(b"", status=status), "/a": answer()}
    assert fetcher.fetch(f"{site.url}/a").content == PAGE


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy", "429 Too Many"])
def test_robots_that_cannot_be_known_forbid_and_are_told_apart(site, fetcher, status):
    site.routes |= {"/robots.txt": answer(b"", status=status), "/a": answer()}
    assert "cannot be read" in refused(fetcher, f"{site.url}/a", UnreadableInputError)
    assert "/a" not in site.paths()


def test_long_robots_are_read_to_their_limit(site, fetcher):
    rules = b"User-agent: *\nDisallow: /private\n" + b"# filling\n" * 300_000
    site.routes |= {"/robots.txt": answer(rules, Content_Type="text/plain"), "/a": answer()}
    assert fetcher.fetch(f"{site.url}/a").content == PAGE
    assert "robots.txt" in refused(fetcher, f"{site.url}/private")


def test_robots_that_lead_inside_are_refused(site, fetcher):
    site.routes |= {"/robots.txt": redirect("http://169.254.169.254/"), "/a": answer()}
    assert "not on the public internet" in refused(fetcher, f"{site.url}/a")


def test_proxies_of_the_environment_are_not_used(site, fetcher, monkeypatch):
    monkeypatch.setitem(os.environ, "http_proxy", "http://127.0.0.1:1")
    site.routes["/a"] = answer()
    assert fetcher.fetch(f"{site.url}/a").content == PAGE
