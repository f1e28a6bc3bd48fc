"""KML: read back with an XML parser."""

import io
from xml.etree import ElementTree as ET

import pytest

from corpus import Corpus, CorpusIndex, MentionFilter, export
from corpus.exports.write import COLUMNS
from tests.small_corpus import HOSTILE, build, hostile_articles, three_articles

EVERYTHING = MentionFilter(roles=(), statuses=())
_NS = {"k": "http://www.opengis.net/kml/2.2"}


def exported(index, asked=EVERYTHING):
    stream = io.BytesIO()
    export(index, asked, "kml", stream)
    return ET.fromstring(stream.getvalue())


def folders(root):
    found = root.findall("k:Document/k:Folder", _NS)
    return {folder.findtext("k:name", namespaces=_NS): folder.findall("k:Placemark", _NS) for folder in found}


def data(element):
    cells = element.findall("k:ExtendedData/k:Data", _NS)
    return {cell.get("name"): cell.findtext("k:value", namespaces=_NS) for cell in cells}


@pytest.fixture(scope="module")
def three(tmp_path_factory, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path_factory.mktemp("k"), three_articles())), gazetteer=gazetteer) as index:
        yield index


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, gazetteer):
    with CorpusIndex(Corpus(build(tmp_path_factory.mktemp("h"), hostile_articles())), gazetteer=gazetteer) as index:
        yield index


def test_a_folder_a_place_and_a_placemark_a_mention(three):
    counts = {name: len(marks) for name, marks in folders(exported(three)).items()}
    assert counts == {
        "Bakhmut": 2,
        "Donetsk Oblast": 1,
        "Moscow": 1,
        "Soledar": 2,
        "Vodiane": 1,
        "Without a place": 2,
        "About this export": 0,
    }


def test_longitude_comes_first(three):
    point = folders(exported(three))["Bakhmut"][0].findtext("k:Point/k:coordinates", namespaces=_NS)
    assert point == "38.00080,48.59440"


def test_what_has_no_place_has_no_point(three):
    assert all(mark.find("k:Point", _NS) is None for mark in folders(exported(three))["Without a place"])


def test_extended_data_are_the_columns(three):
    names = {name for marks in folders(exported(three)).values() for mark in marks for name in data(mark)}
    # what is nowhere known (no correction has been made) is left out
    assert names == set(COLUMNS) - {"reviewed_by", "correction_id"}


def test_dated_mentions_have_a_time(three):
    marks = folders(exported(three))["Soledar"]
    times = [mark.findtext("k:TimeStamp/k:when", namespaces=_NS) for mark in marks]
    assert times == ["2023-01-20", None]


def test_about_says_how_many_rows_and_of_which_filter(three):
    root = exported(three, MentionFilter(sources=("North Desk",)))
    (about,) = [
        f for f in root.findall("k:Document/k:Folder", _NS) if f.findtext("k:name", namespaces=_NS)[:5] == "About"
    ]
    told = data(about)
    assert (told["rows"], told["filter"]) == ("2", "source=['North Desk']")


def test_hostile_text_stays_text(hostile):
    marks = [mark for marks in folders(exported(hostile)).values() for mark in marks]
    titles = {data(mark)["title"] for mark in marks}
    # what XML cannot hold is replaced one code point for one
    assert titles == {text.replace("\x00", "\ufffd").replace("\x07", "\ufffd") for text in HOSTILE}


def test_balloons_hold_escaped_html(hostile):
    balloons = [
        m.findtext("k:description", namespaces=_NS) for marks in folders(exported(hostile)).values() for m in marks
    ]
    tags = {element.tag for balloon in balloons for element in ET.fromstring(f"<div>{balloon}</div>").iter()}
    assert tags <= {"div", "p", "a"}


def test_cdata_in_a_title_ends_nothing(corpus, gazetteer):
    import dataclasses

    sample = three_articles()[0]
    title = "<![CDATA[ ]]></name></Placemark> & more"
    corpus.add([dataclasses.replace(sample, article=dataclasses.replace(sample.article, title=title))])
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        assert data(folders(exported(index))["Bakhmut"][0])["title"] == title
