from pathlib import Path

import pandas as pd
import pytest

from corpus import Corpus, CorpusIndex, MentionFilter
from dashboard.card import FORMS_SHOWN, articles_frame, articles_of, evidence_html, header_html
from dashboard.safe import safe_text
from geodata import Place, open_gazetteer
from geodata.gazetteer import Candidate
from tests.small_corpus import HOSTILE, build, hostile_articles, three_articles


class NoPlaces:
    """A gazetteer without places."""

    def get(self, place_id: str) -> None:
        return None

    def lookup(self, name: str, **_: str) -> list[Candidate]:
        return []


@pytest.fixture
def index(tmp_path: Path) -> CorpusIndex:
    return CorpusIndex(Corpus(build(tmp_path, three_articles())))


def groups(index: CorpusIndex, place_id: str, asked: MentionFilter | None = None) -> list[pd.DataFrame]:
    rows = index.evidence(asked or MentionFilter(), place_id, limit=50)
    return [group for _, group in rows.groupby("article_id", sort=False)]


def test_a_sentence_has_its_source_date_role_and_reason(index: CorpusIndex) -> None:
    newest = evidence_html(groups(index, "bakhmut-donetsk")[0], "bakhmut-donetsk")
    assert ">Artyomovsk</mark> remains contested.</blockquote>" in newest
    for words in ("South Wire", "2 Mar 2023 (from the file name)", "location", "why here?", "former name of Bakhmut"):
        assert words in newest


def test_undated_and_unknown_sources_say_so(index: CorpusIndex) -> None:
    last = evidence_html(groups(index, "soledar-donetsk")[-1], "soledar-donetsk")
    assert "undated" in last
    assert "unknown source" in last


def test_an_ambiguous_mention_is_tagged(index: CorpusIndex) -> None:
    asked = MentionFilter(statuses=("ambiguous",))
    assert ">ambiguous</span>" in evidence_html(groups(index, "vodiane-donetsk", asked)[0], "vodiane-donetsk")


def test_a_very_long_sentence_is_shown_around_the_name(tmp_path: Path) -> None:
    from tests.small_corpus import BAKHMUT, Article, extraction, found

    text = "word " * 250 + "Bakhmut " + "word " * 250
    index = CorpusIndex(Corpus(build(tmp_path, [extraction(Article("l", text), found(text, "Bakhmut", BAKHMUT))])))
    page = evidence_html(groups(index, "bakhmut-donetsk")[0], "bakhmut-donetsk")
    assert ">Bakhmut</mark>" in page
    assert len(page) < 1_500


def test_an_area_is_not_called_a_point() -> None:
    area = Place(
        "UA-14", "Donetsk Oblast", "region", 48.1, 37.8, country="UA", uk="Донецька область", ru="Донецкая область"
    )
    page = header_html(area, None, NoPlaces())
    assert "An area, not a point" in page


def test_the_card_names_the_place_in_three_languages() -> None:
    bakhmut = Place("b", "Bakhmut", "city", 48.6, 38.0, uk="Бахмут", ru="Бахмут")
    page = header_html(bakhmut, None, NoPlaces())
    assert "<h2>Bakhmut</h2>" in page
    assert 'Ukrainian: <span lang="uk">Бахмут</span> · Russian: <span lang="ru">Бахмут</span>' in page


@pytest.mark.usefixtures("in_ukrainian")
def test_in_ukrainian_the_card_is_headed_by_the_ukrainian_name() -> None:
    area = Place("UA-14", "Donetsk Oblast", "region", 48.1, 37.8, uk="Донецька область", ru="Донецкая область")
    page = header_html(area, None, NoPlaces())
    assert "<h2>Донецька область</h2>" in page
    assert 'англійською: <span lang="en">Donetsk Oblast</span>' in page
    assert "регіон" in page


def test_the_card_tells_how_the_name_is_written() -> None:
    places = open_gazetteer()
    page = header_html(places.get("bakhmut-donetsk"), None, places, forms=("Bakhmut", "Бахмута", "Artyomovsk", "<b>"))
    assert "written: Бахмута, Artyomovsk (former name), &lt;b&gt;</div>" in page


def test_many_forms_are_cut_and_counted() -> None:
    page = header_html(Place("b", "B", "city", 1, 1), None, NoPlaces(), forms=[f"b{n}" for n in range(FORMS_SHOWN + 3)])
    assert page.count(", b") == FORMS_SHOWN - 1
    assert "and 3 more" in page


def test_the_card_lies_in_its_raion_oblast_and_country() -> None:
    places = open_gazetteer()
    page = header_html(places.get("klishchiivka-donetsk"), None, places)
    assert "village, Bakhmut Raion, Donetsk Oblast, Ukraine" in page


def test_articles_of_a_place_keep_the_rest_of_the_filter() -> None:
    asked = MentionFilter(sources=("x",), text="y")
    assert articles_of(asked, "p") == MentionFilter(sources=("x",), text="y", places=("p",))


def test_the_list_of_articles_uses_plain_words(index: CorpusIndex) -> None:
    frame = articles_frame(index.article_rows(MentionFilter()))
    assert frame.iloc[-1].to_dict() == {
        "Date": "undated",
        "Title": "A closed road",
        "Source": "unknown source",
        "Mentions": 1,
    }


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    index = CorpusIndex(Corpus(build(tmp_path, hostile_articles())))
    page = "".join(evidence_html(group, "bakhmut-donetsk") for group in groups(index, "bakhmut-donetsk"))
    for tag in ("<script", "<img", "<svg", "<a ", "href", "${", "`"):
        assert tag not in page
    for payload in HOSTILE:
        assert safe_text(payload) in page
