from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus import StoredArticle
from dashboard import reader
from dashboard.reader import article_html, link_html, marked, places_html
from dashboard.safe import safe_text
from extract.types import Extraction
from tests.small_corpus import HOSTILE, hostile_articles, three_articles


def stored(extraction: Extraction) -> StoredArticle:
    return StoredArticle(
        article_id=extraction.article.article_id,
        article=extraction.article,
        mentions=extraction.mentions,
        events=(),
        scraps=extraction.scraps,
        notes=(),
        added_at=datetime(2023, 1, 1, tzinfo=UTC),
        extractor_version="1",
        gazetteer_version="0",
    )


FIRST, SECOND, THIRD = three_articles()


def test_mentions_are_marked_by_status_and_role() -> None:
    page = marked(FIRST.article.text, FIRST.mentions)
    assert '<mark class="dl-m dl-placed dl-location"' in page
    assert '<mark class="dl-m dl-placed dl-actor"' in page
    assert ">Moscow</mark> said" in page


def test_all_statuses_of_an_article_are_shown_with_their_reason() -> None:
    page = places_html(THIRD.mentions)
    for words in ("Zelenyi Hutir", "unplaced", "Austin", "not a place", "ambiguous", safe_text("“Lloyd Austin”")):
        assert words in page


def test_a_piece_of_the_text_keeps_its_offsets() -> None:
    text = FIRST.article.text
    start = text.index("Moscow")
    page = marked(text[start:], FIRST.mentions, offset=start)
    assert page.startswith("<mark")
    assert page.count("<mark") == 2


def test_overlapping_mentions_are_marked_once() -> None:
    longer = replace(FIRST.mentions[0], end=FIRST.mentions[0].end + 3)
    assert marked(FIRST.article.text, [*FIRST.mentions, longer]).count("<mark") == 3


def test_offsets_are_code_points_also_after_astral_characters() -> None:
    text = "𝔸😀 Бахмут"
    mention = replace(FIRST.mentions[0], start=3, end=9, text="Бахмут")
    assert ">Бахмут</mark>" in marked(text, [mention])


def test_unknown_source_and_date_say_so() -> None:
    page = article_html(stored(THIRD))
    assert "unknown source" in page
    assert "undated" in page


def test_the_date_tells_where_it_was_read() -> None:
    assert "2 Mar 2023 (from the file name)" in article_html(stored(SECOND))


def test_scraps_are_set_back_with_their_mentions() -> None:
    text = FIRST.article.text
    scrapped = replace(FIRST, scraps=((text.index("Moscow"), len(text)),))
    page = article_html(stored(scrapped))
    assert page.count("<mark class=") == 3 + reader.legend_html().count("<mark class=")
    assert '<span class="dl-scrap"><mark' in page


def test_a_long_text_says_what_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 20)
    page = article_html(stored(FIRST))
    assert f"{len(FIRST.article.text) - 20:,} follow" in page
    assert "Soledar" not in page


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_articles_bring_no_tag_or_link_of_their_own(number: int) -> None:
    extraction = hostile_articles()[number]
    page = article_html(stored(extraction)) + places_html(extraction.mentions)
    for tag in ("<script", "<img", "<svg", "<a ", "href", "${", "`"):
        assert tag not in page
    assert safe_text(HOSTILE[number]) in page


def test_links_are_web_addresses_that_open_apart() -> None:
    assert 'href="https://example.org/a&#x27;b"' not in link_html("https://example.org/a'b")
    assert 'target="_blank" rel="noopener' in link_html("https://example.org/a?b=1&c=2")
    assert link_html("javascript:alert(1)") == ""
