"""Web pages: the article without its surroundings, and what the page states of itself."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import UnreadableError
from extract.readers import Failure, ReadOptions, read_paths
from extract.readers.html import fragment_text, page_article
from extract.types import Article

FIRST = "Russian forces shelled Bakhmut in Donetsk Oblast on Friday, the regional governor said."
SECOND = "Two people were hurt in Chasiv Yar, and power was cut in Kostiantynivka until the evening."
UKRAINIAN = "Російські війська обстріляли Бахмут і Часів Яр у п’ятницю, повідомив голова області."
AROUND = """<nav><a href="/">Home</a> <a href="/sport">Sport from Kharkiv</a></nav>"""
BESIDE = """<aside><h3>Read next</h3><a href="/x">Ten recipes from Odesa</a><time datetime="2024-09-09">9 Sep</time>
<time datetime="2024-08-08">8 Aug</time></aside><footer>Copyright 2024, Lviv</footer>"""


def page(head: str = "", *, body: str = f"<p>{FIRST}</p><p>{SECOND}</p>", title: str = "Town shelled") -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{AROUND}<main><article><h1>Town shelled"
        f"</h1>{body}</article></main>{BESIDE}</body></html>"
    )


def read(content: str, *, item: str = "a.html", address: str = "", retrieved: str = "", **options) -> Article:
    options = ReadOptions(**options)
    return page_article(content, id=item, item=item, options=options, address=address, retrieved=retrieved)


def read_file(path: Path, data: bytes, **options) -> Article | Failure:
    path.write_bytes(data)
    (found,) = read_paths([str(path)], options=ReadOptions(**options))
    return found


def test_the_text_is_the_article_without_its_surroundings():
    text = read(page()).text
    assert FIRST in text
    assert SECOND in text
    assert not any(word in text for word in ("Home", "Kharkiv", "Odesa", "Lviv"))


def test_headline_outlet_date_and_address_are_as_the_page_states():
    article = read(
        page(
            '<meta property="og:site_name" content="The Paper">'
            '<meta property="article:published_time" content="2023-01-26T10:13:00+02:00">'
            '<meta property="article:modified_time" content="2023-02-01T10:13:00+02:00">'
            '<link rel="canonical" href="https://paper.test/town">',
            title="Town shelled | The Paper",
        )
    )
    assert (article.title, article.source, article.url) == ("Town shelled", "The Paper", "https://paper.test/town")
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "metadata")
    assert article.date_text == "2023-01-26T10:13:00+02:00"


JSON_LD = '<script type="application/ld+json">%s</script>'
ARTICLE = '{"@type": "NewsArticle", "headline": "Town", "datePublished": "2023-01-26T23:00:00Z"}'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (JSON_LD % ARTICLE, ""),
        (JSON_LD % f'[{{"@type": "WebSite"}}, {ARTICLE}]', ""),
        (JSON_LD % f'{{"@context": "https://schema.org", "@graph": [{ARTICLE}]}}', ""),
        (JSON_LD % ARTICLE.replace('"NewsArticle"', '["Article", "LiveBlogPosting"]'), ""),
        (JSON_LD % "{broken" + '<meta name="date" content="26.01.2023">', ""),
        ('<meta name="pubdate" content="Thu, 26 Jan 2023 10:13:00 GMT">', ""),
        ('<meta itemprop="datePublished" content="2023-01-26">', ""),
        ("", '<time datetime="2023-01-26T10:00">yesterday</time>'),
        ("", '<time itemprop="datePublished" datetime="2023-01-26">x</time><time datetime="2022-01-01">old</time>'),
        ("", '<div class="post-date">26 січня 2023, 10:13</div>'),
        ("", '<span class="article__published">Published: January 26, 2023 - 10:13am</span>'),
    ],
)
def test_dates_are_read_where_pages_state_them(head, body):
    article = read(page(head, body=f"{body}<p>{FIRST}</p><p>{SECOND}</p>"))
    assert (article.date, article.date_basis) == (date(2023, 1, 26), "metadata")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", ""),
        ('<meta name="date" content="32.13.2023">', ""),
        ("", '<time datetime="2023-01-26">one</time><time datetime="2023-01-27">another</time>'),
        (JSON_LD % f"[{ARTICLE}, {ARTICLE.replace('01-26', '02-27')}]", ""),
        ('<meta property="article:modified_time" content="2023-02-01">', ""),
    ],
)
def test_a_date_that_is_not_certain_is_unknown(head, body):
    article = read(page(head, body=f"{body}<p>{FIRST}</p><p>{SECOND}</p>"))
    assert (article.date, article.date_basis) == (None, "unknown")


def test_an_outlet_goes_by_the_address_of_its_site():
    head = (
        '<meta property="og:site_name" content="Something"><link rel="canonical" href="https://www.bbc.co.uk/news/1">'
    )
    assert read(page(head)).source == "BBC"


@pytest.mark.parametrize("name", ["Reuters", "BBC News", "The Guardian"])
def test_a_name_borrowed_on_another_site_is_not_believed(name):
    head = f'<meta property="og:site_name" content="{name}"><link rel="canonical" href="https://news.clone.test/1">'
    assert read(page(head)).source == "news.clone.test"


def test_an_outlet_that_names_itself_by_its_domain():
    head = '<meta property="og:site_name" content="Paper.test"><link rel="canonical" href="https://paper.test/1">'
    assert read(page(head)).source == "Paper.test"


def test_a_page_that_names_no_outlet_has_the_stated_source():
    assert read(page(), source="My archive").source == "My archive"
    assert read(page()).source == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "//[", "/relative"])
def test_an_address_that_is_none_is_left_out(address):
    assert read(page(f'<link rel="canonical" href="{address}">')).url == ""


def test_the_address_that_a_browser_noted_on_saving_is_kept():
    saved = "<!-- saved from url=(0026)https://paper.test/2023/1 -->\n" + page()
    assert read(saved).url == "https://paper.test/2023/1"


@pytest.mark.parametrize(
    "content",
    ["<html><body><script>var a = 'Bakhmut was shelled on Friday by them';</script></body></html>",
     f"<html><body>{AROUND}</body></html>", "<html></html>", "<p>Short.</p>", "<"],
)  # fmt: skip
def test_a_page_without_an_article_is_refused(content):
    with pytest.raises(UnreadableError, match="holds no article"):
        read(content)


@pytest.mark.parametrize("data", [b"", b" \n"])
def test_an_empty_page_is_refused(tmp_path, data):
    assert "empty" in read_file(tmp_path / "a.html", data).reason


def test_a_picture_named_as_a_page_is_refused(tmp_path):
    assert "PNG" in read_file(tmp_path / "a.html", b"\x89PNG\r\n\x1a\n").reason


@pytest.mark.parametrize(
    "label", ["", '<meta charset="{}">', '<meta http-equiv="Content-Type" content="text/html; charset={}">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-u", "utf-16"])
def test_encodings(tmp_path, encoding, label):
    data = page(label.format(encoding), body=f"<p>{UKRAINIAN}</p>").encode(encoding, "xmlcharrefreplace")
    assert UKRAINIAN in read_file(tmp_path / "a.html", data).text


@pytest.mark.parametrize("stated", ["iso-8859-1", "koi8-u", "utf-8", "nonsense", "idna"])
def test_a_wrong_label_is_seen_through(tmp_path, stated):
    data = page(f'<meta charset="{stated}">', body=f"<p>{UKRAINIAN}</p>").encode("cp1251", "xmlcharrefreplace")
    assert UKRAINIAN in read_file(tmp_path / "a.html", data).text


def test_a_stray_byte_does_not_cost_the_page(tmp_path):
    data = page(body=f"<p>{UKRAINIAN}</p>").encode().replace(b"</article>", b"\xff</article>")
    assert UKRAINIAN in read_file(tmp_path / "a.html", data).text


def test_hostile_markup_is_only_words(tmp_path):
    title = "${parent.document.title='x'} `a` &lt;img src=x onerror=alert(1)&gt;"
    article = read(
        page(title=title, body=f'<p>{FIRST}</p><p onclick="x()">{SECOND} &lt;script&gt;</p>').replace(
            "<h1>Town shelled</h1>", ""
        )
    )
    assert article.title == "${parent.document.title='x'} `a` <img src=x onerror=alert(1)>"
    assert article.text.endswith("<script>")


def test_pictures_and_scripts_saved_beside_a_page_are_left_out(tmp_path):
    (tmp_path / "a.html").write_text(page())
    for name in ("a_files", "b_files"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.js").write_text("1")
    article, failure = read_paths([str(tmp_path)])
    assert article.id == "a.html"
    assert "b_files" in failure.item


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("plain words", "plain words"),
        ("5 < 6 & 7", "5 < 6 & 7"),
        ("<p>One <b>two</b>three &amp; four</p><p>five</p>", "One twothree & four\nfive"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("a<script>x()</script>b<style>p{}</style>c<!-- d -->e", "abce"),
        ("Бахмут&nbsp;&mdash; місто\n\n  над  річкою", "Бахмут — місто над річкою"),
        ("<!-- only -->", ""),
    ],
)
def test_fragments_of_markup_as_words(fragment, text):
    assert fragment_text(fragment) == text


@given(st.text(alphabet=st.sampled_from("ab <>/&;p!-\"'\n\x00"), max_size=60))
def test_any_fragment_gives_words(fragment):
    assert "<p>" not in fragment_text(fragment)


@given(st.lists(st.sampled_from(["Bakhmut", "Ivano-Frankivsk", "fell", "Київ", "5", "km."]), min_size=1, max_size=20))
def test_words_survive_markup(words):
    fragment = "".join(f"<p>{word}</p>" for word in words)
    assert fragment_text(fragment).split("\n") == words


def stated(name: str, day: str) -> str:
    return f'<meta property="{name}" content="{day}">'


def json_date(day: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{day}"}}</script>'


def test_statements_that_differ_are_settled_by_what_is_shown_or_not_at_all():
    head = stated("article:published_time", "2024-02-02") + json_date("2023-01-26")
    undecided = read(page(head))
    assert (undecided.date, undecided.date_text) == (None, "2023-01-26 / 2024-02-02")
    shown = read(page(head, body=f'<p class="byline">By Jane Doe | January 26, 2023</p><p>{FIRST}</p><p>{SECOND}</p>'))
    assert shown.date == date(2023, 1, 26)


def test_statements_a_zone_apart_are_one():
    head = stated("article:published_time", "2023-01-26T01:00:00") + json_date("2023-01-25T23:00:00Z")
    assert read(page(head)).date is not None


def test_a_day_told_from_that_of_the_visit_needs_the_visit():
    content = page(body=f'<div class="post-date">Yesterday, 14:20</div><p>{FIRST}</p><p>{SECOND}</p>')
    assert read(content).date is None
    visited = read(content, retrieved="2023-01-28T09:00:00+00:00")
    assert (visited.date, visited.date_basis) == (date(2023, 1, 27), "inferred")


def test_a_weekday_in_the_prose_of_a_page_tells_nothing():
    assert read(page(), retrieved="2023-01-28T09:00:00+00:00").date is None


@pytest.mark.parametrize(
    ("title", "source"),
    [
        ("Town shelled — Border Gazette", "Border Gazette"),
        ("Border Gazette :: Town shelled", "Border Gazette"),
        ("Town shelled - what we know", ""),
        ("Town shelled | Live updates", ""),
        ("Town shelled", ""),
    ],
)
def test_what_the_title_adds_to_the_headline_is_the_outlet(title, source):
    assert read(page(title=title)).source == source
