"""Whose an address or a stated source is, and what texts say of their own origin."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.origin.crediting import stated_source, stated_url
from extract.origin.sites import known_outlet, outlet_in_title, outlet_named, site_source, unarchived


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.kyivpost.com/post/1", "Kyiv Post"),
        ("kyivpost.com", "Kyiv Post"),
        ("https://www.example-news.co.uk/a", "example-news.co.uk"),
        ("https://m.example-news.co.uk/a", "example-news.co.uk"),
        ("http://news.example.com:8080/a?b#c", "news.example.com"),
        ("https://t.me/s/odesa_channel/12", "t.me/odesa_channel"),
        ("https://x.com/watcher/status/1", "x.com/watcher"),
        ("https://www.youtube.com/watch?v=1", "youtube.com"),
        ("https://www.youtube.com/@watcher", "youtube.com/@watcher"),
        ("https://web.archive.org/web/20230127061500/https://www.unian.ua/war/x", "UNIAN"),
        ("https://приклад.укр/новина", "приклад.укр"),
        ("https://archive.ph/abcde", ""),
        ("https://news.google.com/articles/1", ""),
        ("https://bit.ly/abc", ""),
        ("http://127.0.0.1/a", ""),
        ("http://[::1]/a", ""),
        ("javascript:alert(1)", ""),
        ("mailto:desk@example.com", ""),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_the_source_of_an_address(url, source):
    assert site_source(url) == source


def test_an_archived_page_is_taken_apart():
    address, day = unarchived("https://web.archive.org/web/20230127061500if_/http://unian.ua/x?y=1")
    assert (address, day) == ("http://unian.ua/x?y=1", date(2023, 1, 27))
    assert unarchived("https://unian.ua/x") == ("https://unian.ua/x", None)


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("The Kyiv Independent", "Kyiv Independent"),
        ("kyivindependent.com", "Kyiv Independent"),
        ("https://www.kyivpost.com/", "Kyiv Post"),
        ("Agence France-Presse", "AFP"),
        ("Українська  правда", "Ukrainska Pravda"),
        ("www.unknown-site.net", "unknown-site.net"),
        ("Border Gazette", "Border Gazette"),
        ("U.S.News", "U.S.News"),
        ("ABC", "ABC"),  # in America and in Australia
        ("Times", "Times"),  # of London, of New York
        ("", ""),
    ],
)
def test_a_stated_source_by_its_name_in_the_table(name, outlet):
    assert outlet_named(name) == outlet


@pytest.mark.parametrize(
    ("title", "outlet"),
    [
        ("BBC News - World", "BBC"),
        ("Новини | Сіверські вісті", "Сіверські вісті"),
        ("Border Gazette", "Border Gazette"),
        ("The Day - Night Desk", "The Day - Night Desk"),
        ("RSS feed: latest news", ""),
        ("News", ""),
        ("Live updates", ""),
    ],
)
def test_the_outlet_in_a_title(title, outlet):
    assert outlet_in_title(title) == outlet


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("KYIV, Jan 26 (AFP) - Shells fell.", "AFP"),
        ("KYIV, Ukraine (AP) — Shells fell.", "Associated Press"),
        ("MOSCOW, July 19. /TASS/. Shells fell.", "TASS"),
        ("МОСКВА, 19 июля — РИА Новости. Снаряды упали.", "RIA Novosti"),
        ("Київ. 26 січня. УНІАН. Снаряди впали.", "UNIAN"),
        ("КИЇВ, 26 січня (Укрінформ) – Снаряди впали.", "Ukrinform"),
        ("Title\n\nKyiv Post, Jan. 26, 2023, 8:40 am\n\nShells fell.", "Kyiv Post"),
        ("Shells fell.\n\n© 2023 The Associated Press. All rights reserved.", "Associated Press"),
        ("Shells fell.\n\nCopyright 2023 by Reuters", "Reuters"),
        ("Officials (Reuters) said that shells fell.", ""),
        ("Sam told Reuters (AFP) – no more.", ""),
        ("Shells fell, according to Reuters.", ""),
        ("Джерело: УНІАН\nСнаряди впали.", ""),
        ("KYIV, Jan 26 (AFP) - One.\nKYIV, Jan 26 (Reuters) - Two.", ""),
        ("Shells fell.\n\n© 2023 Border Gazette", ""),
    ],
)
def test_what_a_text_says_of_its_own_origin(text, outlet):
    assert stated_source(text) == outlet


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Title\nhttps://example.org/a\n\nText.", "https://example.org/a"),
        ("Text.\n\nSource: https://example.org/a", "https://example.org/a"),
        ("Текст.\n\nДжерело: https://example.org/a", "https://example.org/a"),
        ("Text.\n\nhttps://example.org/another-story", ""),
        ("Text with https://example.org/a in it.", ""),
        ("https://example.org/a\nhttps://example.org/b\nText.", ""),
    ],
)
def test_the_address_that_a_text_gives_as_its_own(text, url):
    assert stated_url(text) == url


@given(st.text(max_size=300))
def test_nothing_raises(text):
    assert isinstance(site_source(text), str)
    assert isinstance(outlet_named(text), str)
    assert isinstance(outlet_in_title(text), str)
    assert isinstance(stated_source(text), str)
    assert isinstance(stated_url(text), str)
    assert isinstance(known_outlet(text), str)
