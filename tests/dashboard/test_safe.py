import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.safe import safe_markdown, safe_text, safe_url, visible
from tests.small_corpus import HOSTILE

hostile_text = st.one_of(
    st.sampled_from(HOSTILE), st.text(), st.text(alphabet="<>&\"'`$\\{}/=();scriptonu0041 "), st.characters()
)


class Reader(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(hostile_text)
def test_safe_text_shows_the_text_and_no_tag(text: str) -> None:
    reader = Reader()
    reader.feed(safe_text(text))
    reader.close()
    assert reader.tags == []
    assert reader.text == visible(text)


@given(hostile_text)
def test_safe_text_leaves_nothing_that_a_template_literal_or_attribute_would_read(text: str) -> None:
    assert not set(safe_text(text)) & set("<>\"'`$\\{}")


def test_safe_text_of_nothing_is_empty() -> None:
    assert safe_text(None) == ""


def test_characters_that_reorder_a_line_are_dropped() -> None:
    assert visible("a\u202eb\u2066c\x00d\te\n") == "abcd\te\n"


@pytest.mark.parametrize("text", ["[a](b)", "**x**", ":red[x]", "$x$", "`x`", "# x", "<b>", ":material/map:", "a\nb"])
def test_markdown_is_taken_literally(text: str) -> None:
    shown = safe_markdown(text)
    assert "\n" not in shown
    for character in "[]*:$`#<":
        assert shown.count(character) == shown.count("\\" + character)


@pytest.mark.parametrize(
    "url", ["https://example.org/a?b=c&d=%20#e", "http://example.org:8080", "HTTPS://example.org/ї"]
)
def test_web_addresses_stay(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "//example.org",
        "/local",
        "https://",
        "http://[bad",
        'https://example.org/"onmouseover=alert(1)',
        "https://example.org/<b>",
        "file:///etc/passwd",
        "https://example.org/" + "a" * 3_000,
        "",
        None,
    ],
)
def test_other_addresses_go(url: str | None) -> None:
    assert safe_url(url) == ""


@given(st.text())
def test_a_safe_url_is_http_whatever_was_given(text: str) -> None:
    url = safe_url(text)
    assert url == "" or url.lower().startswith(("http://", "https://"))
    assert html.escape(url, quote=True).count('"') == 0
