import csv
import dataclasses
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import FORMATS, Corpus, CorpusIndex, FilterError, MentionFilter, export, export_file
from corpus.__main__ import main
from corpus.exports.write import COLUMNS
from tests.corpus.corpus_samples import AFP, FOUR, plain

ROOT = Path(__file__).parents[2]

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


@pytest.mark.parametrize("format", FORMATS)
def test_command_line_writes_every_format(corpus, tmp_path, format):
    corpus.add(FOUR)
    path = tmp_path / f"out.{format}"
    assert main(["export", "--corpus", str(corpus.folder), "--format", format, "-o", str(path)]) == 0
    assert path.stat().st_size > 500


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_goes_down_a_pipe(corpus, format):
    corpus.add(FOUR)
    command = [sys.executable, "-m", "corpus", "export", "--corpus", str(corpus.folder), "--format", format]
    piped = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert len(piped) > 500
    assert piped[:2] == (b"PK" if format == "xlsx" else piped[:2])


def test_the_brief_speaks_ukrainian_when_asked(corpus, tmp_path):
    corpus.add(FOUR)
    path = tmp_path / "brief.html"
    asked = ["export", "--corpus", str(corpus.folder), "--format", "html", "--brief-language", "uk", "-o", str(path)]
    assert main(asked) == 0
    assert "Місця в повідомленнях" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", FORMATS)
def test_an_export_of_nothing_is_whole(index, format):
    stream = io.BytesIO()
    assert export(index, MentionFilter(sources=("nobody",)), format, stream) == 0
    assert stream.getvalue()


def test_rows_say_how_many_corrections_were_applied(index, monkeypatch):
    row = dict.fromkeys(COLUMNS) | {"confidence": 1.0, "reviewed_by": "Olena"}
    rows = [row | {"correction_id": name} for name in ("c1", "c1; c3", "c2", "")]
    monkeypatch.setattr(CorpusIndex, "mention_rows", lambda self, f, **_: iter([dict(one) for one in rows]))
    assert json.loads(exported(index, EVERYTHING, "geojson"))["dateline"]["corrections_applied"] == 3
