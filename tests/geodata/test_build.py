"""Building from small tables: refusal of bad rows, joining with the world list, bytes that do not vary."""

import csv

import pytest

from geodata.build.project import REGION_COLUMNS, THEATRE_COLUMNS, build_theatre, read_table
from geodata.build.world import alike, usable_names
from geodata.build.write import write_layer
from geodata.errors import GazetteerBuildError
from geodata.gazetteer import Gazetteer
from geodata.layers import Layer
from geodata.names import NameKind, name_key

REGION = {
    "id": "UA-14", "name": "Donetsk Oblast", "kind": "region", "country": "UA", "admin1": "05", "lat": "48.1",
    "lon": "37.7", "radius_km": "90", "uk": "Донецька область", "ru": "Донецкая область",
    "aliases": "Donetsk region;DPR", "source": "ISO 3166-2",
}  # fmt: skip
BAKHMUT = {
    "id": "bakhmut-donetsk", "name": "Bakhmut", "uk": "Бахмут", "ru": "Бахмут", "former": "Артемівськ", "press": "",
    "kind": "city", "lat": "48.594", "lon": "38.000", "oblast": "Donetsk Oblast", "raion": "Bakhmut",
    "population": "", "source": "GeoNames 713174",
}  # fmt: skip
WORLD = {
    "id": "gn713174", "name": "Bakhmut", "kind": "city", "lat": 48.594, "lon": 37.999, "country": "UA",
    "region": "UA-14", "population": 80500,
}  # fmt: skip


def write_csv(path, columns, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def folder(tmp_path):
    names = [("Bakhmut", 0, NameKind.MAIN), ("Bakhmout", 0, NameKind.SPELLING)]
    write_layer(tmp_path, "world", [WORLD], names)
    return tmp_path


def built(folder, theatre=(BAKHMUT,), regions=(REGION,)):
    write_csv(folder / "regions.csv", REGION_COLUMNS, *regions)
    write_csv(folder / "theatre.csv", THEATRE_COLUMNS, *theatre)
    rows = [read_table(folder / f, c) for f, c in (("regions.csv", REGION_COLUMNS), ("theatre.csv", THEATRE_COLUMNS))]
    return build_theatre(folder, *rows)


def opened(folder):
    return Gazetteer(
        [Layer(n, folder / f"{n}_places.arrow", folder / f"{n}_names.marisa") for n in ("theatre", "world")]
    )


def test_a_project_row_takes_over_its_twin_with_population_and_names(folder):
    built(folder)
    gazetteer = opened(folder)
    (found,) = gazetteer.candidates(name_key("Bakhmout"))
    assert (found.place.id, found.place.population) == ("bakhmut-donetsk", 80500)


def test_former_names_are_romanised(folder):
    built(folder)
    (found,) = opened(folder).candidates(name_key("Artemivsk"))
    assert (found.place.id, found.name_kind) == ("bakhmut-donetsk", NameKind.FORMER)


def test_a_namesake_far_away_stays(folder):
    built(folder, theatre=[BAKHMUT | {"lat": "47.0"}])
    assert len(opened(folder).candidates(name_key("Bakhmut"))) == 2


def test_building_twice_gives_the_same_bytes(folder):
    built(folder)
    first = {p.name: p.read_bytes() for p in folder.glob("theatre_*")}
    built(folder)
    assert {p.name: p.read_bytes() for p in folder.glob("theatre_*")} == first


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lat": "91"}, "not a point on Earth"),
        ({"lat": "x"}, "must be numbers"),
        ({"kind": "hamlet"}, "known kind"),
        ({"oblast": "Nowhere Oblast"}, "Nowhere Oblast"),
    ],
)
def test_a_bad_row_is_named(folder, change, message):
    with pytest.raises(GazetteerBuildError, match=message) as error:
        built(folder, theatre=[BAKHMUT | change])
    assert "line 2" in str(error.value)


def test_a_repeated_id_is_refused(folder):
    with pytest.raises(GazetteerBuildError, match="used twice"):
        built(folder, theatre=[BAKHMUT, BAKHMUT])


def test_codes_generic_words_and_other_scripts_are_not_names():
    kept = {name for name, _ in usable_names("Soledar", ["Poselok", "soreda", "ソレダー", "IEV", "Соледар", "Soledar"])}
    assert kept == {"Soledar", "Соледар"}


@pytest.mark.parametrize(("name", "other"), [("Kyiv", "Kiev"), ("Бахмут", "Bakhmut"), ("Mariupol", "Marioupol")])
def test_spellings_are_alike(name, other):
    assert alike(name, other)


@pytest.mark.parametrize(("name", "other"), [("Casablanca", "White House"), ("Donetsk", "Stalino")])
def test_other_names_are_not_alike(name, other):
    assert not alike(name, other)
