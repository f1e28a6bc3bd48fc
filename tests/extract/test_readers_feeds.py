"""Feeds: RSS, Atom, JSON Feed; broken and hostile ones."""

import io
import json
import time
import tracemalloc
from datetime import date

import pytest

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions
from extract.readers.feeds import read_feed, read_json_feed
from extract.types import Article

BODY = "Shells fell on Bakhmut."
ITEM = (
    "<item><title>Town &amp; river</title><link>https://paper.test/1</link><guid>g1</guid>"
    f"<pubDate>Thu, 26 Jan 2023 23:13:00 +0200</pubDate><description>&lt;p&gt;{BODY}&lt;/p&gt;</description></item>"
)


def rss(items: str = ITEM, *, title: str = "The Paper", head: str = "") -> str:
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return (
        f"<?xml version='1.0'?>{head}<rss version='2.0' {space}><channel><title>{title}</title>{items}</channel></rss>"
    )


def read(content: str | bytes, **options) -> list[Article | Failure]:
    data = content if isinstance(content, bytes) else content.encode()
    return list(read_feed(io.BytesIO(data), item="in.rss", options=ReadOptions(**options)))


def test_an_entry_is_an_article():
    (article,) = read(rss())
    assert (article.id, article.title, article.text, article.source, article.url) == (
        "g1", "Town & river", BODY, "The Paper", "https://paper.test/1",
    )  # fmt: skip
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "metadata")
    assert article.date_text == "Thu, 26 Jan 2023 23:13:00 +0200"


def test_the_whole_text_is_taken_before_the_summary():
    whole = f"<content:encoded><![CDATA[<p>{BODY}</p><p>It held.</p>]]></content:encoded>"
    assert read(rss(ITEM.replace("</item>", f"{whole}</item>")))[0].text == f"{BODY}\nIt held."


def test_a_headline_alone_is_a_text():
    (article,) = read(rss("<item><title>Bakhmut shelled</title></item>"))
    assert article.text == "Bakhmut shelled"
    assert article.id == "in.rss:1"


def test_an_entry_taken_from_elsewhere_names_its_own_source():
    item = ITEM.replace("</item>", '<source url="https://other.test/rss">Other Paper</source></item>')
    assert read(rss(item))[0].source == "Other Paper"


def test_a_known_site_goes_by_its_outlet():
    assert read(rss(ITEM.replace("paper.test", "www.reuters.com")))[0].source == "Reuters"


def test_atom():
    (article,) = read(
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Вісті</title><entry><id>urn:1</id><title>T</title>"
        "<link href='https://v.test/1'/><published>2023-01-26T10:13:00Z</published><updated>2023-02-01T00:00:00Z</updated>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Обстріл <b>Бахмута</b>.</p></div></content>"
        "</entry></feed>"
    )
    assert (article.text, article.source, article.date) == ("Обстріл Бахмута.", "Вісті", date(2023, 1, 26))


@pytest.mark.parametrize(("encoding", "stated"), [("utf-8", "utf-8"), ("cp1251", "windows-1251"), ("utf-16", "utf-16"),
                                                  ("cp1251", "utf-8"), ("koi8-u", "koi8-u")])  # fmt: skip
def test_encodings(encoding, stated):
    text = "Обстріляли місто Бахмут"
    content = rss(f"<item><description>{text}</description></item>").replace("'1.0'", f"'1.0' encoding='{stated}'")
    assert read(content.encode(encoding))[0].text == text


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.test/"])
def test_a_link_that_is_no_web_address_is_left_out(link):
    assert read(rss(ITEM.replace("https://paper.test/1", link)))[0].url == ""


def test_scripts_do_not_come_along():
    (article,) = read(
        rss(f"<item><description><![CDATA[<script>x()</script>{BODY}<img onerror=x>]]></description></item>")
    )
    assert article.text == BODY


def test_an_entity_that_names_a_file_is_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    head = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    found = read(rss(f"<item><title>T</title><description>&x; {BODY}</description></item>", head=head))
    assert not any("SECRET" in item.text for item in found if isinstance(item, Article))


def test_an_entity_bomb_stays_small():
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "lolololol">{entities}]>'
    tracemalloc.start()
    start = time.monotonic()
    found = read(rss(f"<item><title>T</title><description>&e11; {BODY}</description></item>", head=head))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.monotonic() - start < 5
    assert peak < 30_000_000
    assert all(len(item.text) < 10_000 for item in found if isinstance(item, Article))


def test_a_truncated_feed_gives_what_is_there_and_is_told():
    *articles, failure = read(rss(ITEM * 3)[:-220])
    assert articles[0].text == BODY
    assert "entries after that may be missing" in failure.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [("", "empty"), ("<html><p>A page</p></html>", "no RSS or Atom feed"), ("<a><b/></a>", "no RSS or Atom"),
     (rss(""), "without entries"), ("just words", "no RSS or Atom"), (b"%PDF-1.7", "PDF")],
)  # fmt: skip
def test_what_is_no_feed_is_refused(content, reason):
    with pytest.raises(UnreadableError, match=reason):
        read(content)


def test_an_entry_without_anything_is_told_and_the_rest_is_read():
    failure, article = read(rss("<item><guid>x</guid></item>" + ITEM))
    assert "entry 1" in failure.item
    assert article.text == BODY


def test_words_that_look_like_an_address_are_not_opened(tmp_path):
    """feedparser opens strings that look like addresses or names of files."""
    with pytest.raises(UnreadableError, match="no RSS or Atom"):
        read(str(tmp_path))
    with pytest.raises(UnreadableError, match="no RSS or Atom"):
        read("http://127.0.0.1:9/feed")


def json_feed(content) -> list[Article | Failure]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(read_json_feed(io.BytesIO(data), item="in.json", options=ReadOptions()))


def test_json_feeds():
    entry = {"id": 7, "url": "https://p.test/1", "title": "T", "date_published": "2023-01-26T10:13:00Z"}
    first, second, failure, third = json_feed(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "The Paper",
            "items": [
                {**entry, "content_html": f"<p>{BODY}</p>"},
                {"content_text": "<kept>  as it is"},
                "none",
                {"title": "Bakhmut shelled"},
            ],
        }
    )
    assert (first.id, first.text, first.source, first.date) == ("7", BODY, "The Paper", date(2023, 1, 26))
    assert second.text == "<kept>  as it is"
    assert "entry 3" in failure.item
    assert third.text == "Bakhmut shelled"


@pytest.mark.parametrize(
    "content", [[{"text": "a"}], {"items": 5}, {"items": []}, b"{", b"[" * 100_000, b"\x00\x01", 7]
)
def test_json_that_is_no_feed_is_refused(content):
    with pytest.raises(UnreadableError, match="in.json"):
        json_feed(content)
