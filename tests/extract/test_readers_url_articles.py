"""Fetched pages, feeds and texts as articles."""

import ast
import time
from datetime import date
from pathlib import Path

import pytest

from extract.readers import Failure, FetchPolicy, read_paths
from extract.types import Article
from tests.extract.hostile_site import LOOPBACK, PAGE, TEXT, Site, answer

EXTRACT = Path(__file__).parents[2] / "extract"


def read(site: Site, *paths: str, fetch: bool = True) -> list[Article | Failure]:
    policy = FetchPolicy(allow_addresses=(LOOPBACK,), step_seconds=1, overall_seconds=3)
    return list(read_paths([site.url + path for path in paths], fetch=policy if fetch else None))


def test_nothing_is_fetched_without_a_policy(site):
    (failure,) = read(site, "/a", fetch=False)
    assert "not allowed here" in failure.reason
    assert site.asked == []


def test_a_password_is_not_repeated_in_messages(site):
    found = list(read_paths(["https://somebody:secret@news.test/a"], fetch=FetchPolicy()))
    assert "secret" not in found[0].item + found[0].reason


def test_a_fetched_page_is_an_article_that_says_where_and_when(site):
    site.routes["/2023/01/26/a"] = answer()
    (article,) = read(site, "/2023/01/26/a")
    assert (article.text, article.title, article.url) == (TEXT, "Town shelled", f"{site.url}/2023/01/26/a")
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "inferred")
    assert article.retrieved_at.endswith("+00:00")


def test_a_page_cannot_claim_another_site(site):
    head = (
        b'<head><link rel="canonical" href="https://www.reuters.com/a"><meta property="og:site_name" content="Reuters">'
    )
    site.routes["/a"] = answer(PAGE.replace(b"<head>", head))
    (article,) = read(site, "/a")
    assert (article.url, article.source) == (f"{site.url}/a", LOOPBACK)


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html"])
def test_a_fetched_feed_gives_its_entries(site, kind):
    item = f"<item><description>{TEXT}</description></item>"
    feed = f"<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>{item}</channel></rss>"
    site.routes["/f"] = answer(feed.encode(), Content_Type=kind)
    (article,) = read(site, "/f")
    assert (article.text, article.source) == (TEXT, "F")
    assert article.retrieved_at


@pytest.mark.parametrize("piece", [b"<?xml ?>", b"<!---->", b"<!DOCTYPE a>", b" "])
def test_a_prolog_without_end_is_looked_through_quickly(site, piece):
    site.routes["/f"] = answer(piece * 2_000 + b"<none>", Content_Type="application/xml")
    start = time.monotonic()
    (failure,) = read(site, "/f")
    assert "no RSS or Atom feed" in failure.reason
    assert time.monotonic() - start < 2


def test_fetched_plain_text_is_read(site):
    site.routes["/a.txt"] = answer("Обстріляли Бахмут.".encode("koi8-u"), Content_Type="text/plain; charset=koi8-u")
    (article,) = read(site, "/a.txt")
    assert (article.text, article.url) == ("Обстріляли Бахмут.", f"{site.url}/a.txt")


def test_a_bad_address_does_not_stop_the_others(site):
    site.routes["/a"] = answer()
    failure, article = read(site, "/missing", "/a")
    assert isinstance(failure, Failure)
    assert failure.item == f"{site.url}/missing"
    assert article.text == TEXT


def test_only_one_module_of_the_extractor_opens_connections():
    network = {
        "socket",
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "urllib.request",
        "requests",
        "httpx",
        "urllib3",
        "aiohttp",
    }
    offenders = []
    for path in EXTRACT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name in network or name.split(".")[0] in network for name in names):
                offenders.append(path.relative_to(EXTRACT).as_posix())
    assert set(offenders) == {"readers/url.py"}
