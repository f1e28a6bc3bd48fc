import csv
import dataclasses
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Corpus, CorpusIndex, FilterError, MentionFilter, export, export_file
from corpus.export import COLUMNS
from tests.corpus.corpus_samples import AFP, plain

EVERYTHING = MentionFilter(roles=(), statuses=())


def exported(index, asked, format):
    stream = io.BytesIO()
    export(index, asked, format, stream)
    return stream.getvalue().decode()


def as_csv(index, asked):
    return list(csv.DictReader(io.StringIO(exported(index, asked, "csv"), newline="")))


@pytest.fixture(scope="module")
def geojson(index):
    return json.loads(exported(index, EVERYTHING, "geojson"))


def test_csv_has_one_row_a_mention(index):
    assert [row["matched_text"] for row in as_csv(index, MentionFilter(kinds=("region",)))] == [
        "Kharkiv Oblast",
        "Donetsk Oblast",
    ]


def test_csv_row_carries_evidence_and_provenance(index):
    (row,) = as_csv(index, MentionFilter(places=("soledar-donetsk",)))
    assert row == {
        "place_id": "soledar-donetsk",
        "name": "Soledar",
        "kind": "city",
        "country": "UA",
        "region": "UA-14",
        "matched_text": "Soledar",
        "sentence": "Shells fell on Bakhmut and Soledar.",
        "title": "Fighting near Bakhmut",
        "url": "https://example.org/1",
        "source": "Sample: Wire",
        "date": "2023-01-12",
        "date_basis": "stated",
        "role": "location",
        "status": "placed",
        "confidence": "0.6",
        "reason": "the only place of that name in the gazetteer",
        "lat": "48.69",
        "lon": "38.075",
        "article_id": AFP.article.article_id,
        "story_id": AFP.article.article_id,
        "start": "27",
        "end": "34",
        "in_scrap": "no",
        "reviewed_by": "",
        "correction_id": "",
        "gazetteer_version": "g1",
        "extractor_version": "1",
    }


def test_csv_of_nothing_is_a_header(index):
    assert exported(index, MentionFilter(sources=("nobody",)), "csv") == ",".join(COLUMNS) + "\r\n"


def test_both_formats_have_the_same_columns(index, geojson):
    assert {tuple(feature["properties"]) for feature in geojson["features"]} == {COLUMNS}
    assert tuple(as_csv(index, EVERYTHING)[0]) == COLUMNS


def test_geojson_puts_longitude_first(geojson):
    points = {f["properties"]["name"]: f["geometry"]["coordinates"] for f in geojson["features"] if f["geometry"]}
    assert points["Bakhmut"] == [38.0, 48.595]


def test_geojson_is_as_rfc_7946_asks(geojson):
    assert geojson["type"] == "FeatureCollection"
    for feature in geojson["features"]:
        assert set(feature) == {"type", "geometry", "properties"}
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= lon <= 180
            assert -90 <= lat <= 90


def test_mentions_without_a_place_have_no_geometry(geojson):
    statuses = {f["properties"]["status"] for f in geojson["features"] if f["geometry"] is None}
    assert statuses == {"unplaced", "rejected"}


def test_geojson_states_where_it_comes_from(index):
    asked = MentionFilter(sources=("Sample: Wire",))
    provenance = json.loads(exported(index, asked, "geojson"))["dateline"]
    assert provenance["rows"] == 3
    assert provenance["filter"] == {"source": ["Sample: Wire"]}
    assert provenance["corpus_version"] == index.version
    assert (provenance["gazetteer_versions"], provenance["extractor_versions"]) == (["g1"], ["1"])


def test_geojson_of_nothing_is_valid(index):
    assert json.loads(exported(index, MentionFilter(sources=("nobody",)), "geojson"))["features"] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_cells_that_a_spreadsheet_would_run_are_defused(corpus, gazetteer, start):
    corpus.add([plain(1, source=f'{start}HYPERLINK("http://x")', url=f"{start}1")])
    (row,) = as_csv(CorpusIndex(corpus, gazetteer=gazetteer), MentionFilter())
    assert (row["source"][:2], row["url"][:2]) == (f"'{start}", f"'{start}")


def test_negative_coordinates_stay_numbers(corpus, gazetteer):
    west = dataclasses.replace(plain(1).mentions[0], lat=-1.5, lon=-70.25)
    corpus.add([dataclasses.replace(plain(1), mentions=(west,))])
    (row,) = as_csv(CorpusIndex(corpus, gazetteer=gazetteer), MentionFilter())
    assert (row["lat"], row["lon"]) == ("-1.5", "-70.25")


@settings(deadline=None, max_examples=20)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=20, unique=True))
def test_any_title_survives_geojson(tmp_path_factory, gazetteer, titles):
    corpus = Corpus(tmp_path_factory.mktemp("titles"))
    sample = plain(1)
    corpus.add(dataclasses.replace(sample, article=dataclasses.replace(sample.article, title=t)) for t in titles)
    with CorpusIndex(corpus, gazetteer=gazetteer) as index:
        features = json.loads(exported(index, MentionFilter(), "geojson"))["features"]
    assert {feature["properties"]["title"] for feature in features} == set(titles)


def test_unknown_format_is_refused(index):
    with pytest.raises(FilterError, match="csv, geojson"):
        export(index, MentionFilter(), "shp", io.BytesIO())


def test_file_is_written_in_utf8(index, tmp_path):
    written = export_file(index, MentionFilter(languages=("uk",)), "csv", tmp_path / "out.csv")
    assert written == 1
    assert "Бахмут тримається." in (tmp_path / "out.csv").read_text(encoding="utf-8")


def test_failed_export_leaves_the_old_file(index, tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_text("old")

    def broken(self, f, **_):
        yield from ()
        raise RuntimeError("lost")

    monkeypatch.setattr(CorpusIndex, "mention_rows", broken)
    with pytest.raises(RuntimeError, match="lost"):
        export_file(index, MentionFilter(), "csv", path)
    assert [(item.name, item.read_text()) for item in tmp_path.iterdir()] == [("out.csv", "old")]
