"""The HTML brief, read back with an HTML parser."""

import dataclasses
import io
import re

import lxml.html
import pytest

from corpus import Corpus, CorpusIndex, MentionFilter, export
from corpus.corrections.file import CorrectionsFile, decide
from corpus.exports import brief_evidence
from corpus.exports.write import Heading
from tests.small_corpus import build, hostile_articles, three_articles

EVERYTHING, PLACED = MentionFilter(roles=(), statuses=()), MentionFilter()
_ACTIVE = {"script", "iframe", "object", "embed", "form", "input", "img", "base", "audio", "video", "use", "image"}


def exported(index, asked=PLACED, **heading):
    stream = io.BytesIO()
    written = export(index, asked, "html", stream, Heading(**heading))
    return written, lxml.html.document_fromstring(stream.getvalue().decode())


def words(document):
    return " ".join(document.text_content().split())


@pytest.fixture(scope="module")
def three(tmp_path_factory, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path_factory.mktemp("b"), three_articles())), gazetteer=gazetteer) as index:
        yield index


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path_factory.mktemp("h"), hostile_articles())), gazetteer=gazetteer) as index:
        yield exported(index, EVERYTHING)[1]


def test_gives_the_mentions_it_counts(three):
    assert exported(three)[0] == 5


def test_table_has_a_row_a_place(three):
    rows = exported(three)[1].xpath("//tr[starts-with(@id, 'row')]/td[1]")
    assert sorted(row.text_content() for row in rows) == ["Bakhmut", "Donetsk Oblast", "Soledar"]


def test_map_has_a_circle_a_place_in_its_frame(three):
    document = exported(three)[1]
    assert len(document.xpath("//svg[@class='map']")) >= 1
    assert len(document.xpath("(//svg[@class='map'])[1]//circle")) == 3


def test_areas_are_hollow(three):
    rings = exported(three)[1].xpath("(//svg[@class='map'])[1]//circle[@class='ring']/title")
    assert [ring.text for ring in rings] == ["Donetsk Oblast: 1"]


def test_sentences_mark_the_name(three):
    marks = exported(three)[1].xpath("//blockquote/mark")
    assert sorted(mark.text for mark in marks) == ["Artyomovsk", "Bakhmut", "Donetsk region", "Soledar", "Soledar"]


def test_evidence_is_capped_and_says_so(three, monkeypatch):
    monkeypatch.setattr(brief_evidence, "MOST_SENTENCES", 1)
    document = exported(three)[1]
    assert len(document.xpath("//blockquote")) == 3
    assert "1 of 2 mentions" in words(document)


def test_method_stamp_names_versions_rows_and_corrections(three):
    stamp = {
        row[0].text_content(): row[1].text_content()
        for row in exported(three, corpus="north")[1].xpath("//table[@class='stamp']//tr")
    }
    assert stamp["Corpus"] == "north"
    assert stamp["Corpus version"] == three.version
    assert (stamp["Gazetteer"], stamp["Extractor"]) == ("0" * 12, "1")
    assert (stamp["Corrections applied"], stamp["Mentions counted"]) == ("0", "5")


def test_filter_is_told_in_words_and_as_link_parameters(three):
    text = words(exported(three, MentionFilter(sources=("North Desk",)))[1])
    assert "in articles from North Desk" in text
    assert "?source=North+Desk" in text


def test_link_reopens_the_view(three):
    links = exported(three, link="https://dateline.example/map?source=AFP")[1].xpath("//header//a/@href")
    assert links == ["https://dateline.example/map?source=AFP"]


def test_link_that_is_none_is_left_out(three):
    assert exported(three, link="javascript:alert(1)")[1].xpath("//header//a") == []


def test_words_of_the_visitor_replace_the_filters_own(three):
    assert "усе підряд" in words(exported(three, filter_words="усе підряд", language="uk")[1])


def test_ukrainian_brief_has_ukrainian_names(three):
    document = exported(three, language="uk")[1]
    assert document.get("lang") == "uk"
    assert "Бахмут" in words(document)


def test_nothing_found_is_a_page_that_says_so(three):
    written, document = exported(three, MentionFilter(sources=("nobody",)))
    assert written == 0
    assert "No mention of a place passes this filter" in words(document)


def test_nothing_is_asked_of_another_host(three):
    document = exported(three)[1]
    assert document.xpath("//@src | //link/@href | //*[local-name()='image']") == []
    assert "url(" not in document.xpath("string(//style)").replace("url()", "")


def test_policy_allows_its_own_style_alone(three):
    (policy,) = exported(three)[1].xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'", policy)


def test_hostile_text_makes_no_element(hostile):
    assert {element.tag for element in hostile.iter() if isinstance(element.tag, str)} & _ACTIVE == set()


def test_hostile_text_makes_no_attribute(hostile):
    assert [
        name for element in hostile.iter() for name in element.attrib if name.startswith("on") or name == "style"
    ] == []


def test_only_web_addresses_become_links(hostile):
    hrefs = hostile.xpath("//a/@href")
    assert hrefs
    assert all(href.startswith(("#", "http://", "https://")) for href in hrefs)


def test_hostile_text_is_still_shown(hostile):
    assert "${parent.document.title='x'}" in words(hostile)


def test_long_sentence_is_cut_around_the_name(corpus, gazetteer):
    sample = three_articles()[0]
    text = f"{'word ' * 400}near Bakhmut {'word ' * 400}"
    mention = dataclasses.replace(sample.mentions[0], start=text.index("Bakhmut"), end=text.index("Bakhmut") + 7)
    article = dataclasses.replace(sample.article, text=text)
    corpus.add([dataclasses.replace(sample, article=article, mentions=(mention,))])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        (quote,) = exported(index)[1].xpath("//blockquote")
    assert len(quote.text_content()) < brief_evidence.LONGEST_SENTENCE + 10
    assert quote.xpath("mark")[0].text == "Bakhmut"


def test_corrections_applied_are_counted_and_their_reason_shown(corpus, gazetteer):
    corpus.add(three_articles())
    decision = decide("role", scope="everywhere", name="Soledar", value="actor", who="Olena", why="seen twice")
    CorrectionsFile(corpus.folder).append([decision])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        document = exported(index, EVERYTHING)[1]
    stamp = {row[0].text_content(): row[1].text_content() for row in document.xpath("//table[@class='stamp']//tr")}
    assert stamp["Corrections applied"] == "1"
    assert "Olena" in words(document)
