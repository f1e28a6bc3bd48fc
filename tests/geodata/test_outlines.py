"""The committed outlines: internationally recognised borders, shared edges, sizes, attribution. Pure Python."""

import json
import math
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "geodata" / "data"
WORLD, OBLASTS = "outlines_world.geojson", "outlines_oblasts.geojson"

# (lat, lon, the one country that holds it)
PLACES_BY_COUNTRY = {
    "Simferopol": (44.957, 34.111, "UA"),
    "Sevastopol": (44.601, 33.530, "UA"),
    "Kerch": (45.357, 36.475, "UA"),
    "Dzhankoi": (45.709, 34.393, "UA"),
    "Yalta": (44.505, 34.160, "UA"),
    "Yevpatoria": (45.201, 33.367, "UA"),
    "Feodosia": (45.032, 35.382, "UA"),
    "Armiansk": (46.106, 33.692, "UA"),
    "Donetsk": (48.023, 37.802, "UA"),
    "Luhansk": (48.574, 39.307, "UA"),
    "Mariupol": (47.095, 37.541, "UA"),
    "Melitopol": (46.849, 35.367, "UA"),
    "Kherson": (46.637, 32.615, "UA"),
    "Vovchansk": (50.290, 36.941, "UA"),
    "Uzhhorod": (48.621, 22.288, "UA"),
    "Izmail": (45.362, 28.836, "UA"),
    "Taman": (45.210, 36.720, "RU"),
    "Temriuk": (45.268, 37.380, "RU"),
    "Novorossiysk": (44.740, 37.760, "RU"),
    "Anapa": (44.895, 37.316, "RU"),
    "Belgorod": (50.600, 36.588, "RU"),
    "Kursk": (51.730, 36.193, "RU"),
    "Sudzha": (51.197, 35.273, "RU"),
    "Rostov": (47.220, 39.708, "RU"),
    "Taganrog": (47.236, 38.897, "RU"),
    "Kaliningrad": (54.707, 20.510, "RU"),
    "Chukotka, west of 180": (66.500, 178.000, "RU"),
    "Chukotka, east of 180": (66.500, -173.500, "RU"),
    "Tiraspol": (46.843, 29.630, "MD"),
    "Chisinau": (47.010, 28.864, "MD"),
    "Homel": (52.434, 30.975, "BY"),
    "Przemysl": (49.784, 22.768, "PL"),
    "Sukhumi": (43.020, 41.060, "GE"),
    "Tskhinvali": (42.225, 43.970, "GE"),
    "Pristina": (42.663, 21.165, "XK"),
    "Kyrenia": (35.300, 33.320, "CY"),
    "Hargeisa": (9.560, 44.065, "SO"),
    "Maseru, inside South Africa": (-29.600, 28.200, "LS"),
    "South Pole": (-89.500, 10.000, "AQ"),
}

# (lat, lon) of towns, many of them near the border of their oblast. Left out because they are known to fail: seaside
# Ochakiv and Skadovsk (in the water on a 1:50m coast), and the exclave Slavutych.
TOWNS_BY_OBLAST = {
    "UA-05": {"Vinnytsia": (49.233, 28.468), "Haisyn": (48.811, 29.389), "Mohyliv": (48.449, 27.797)},
    "UA-07": {"Lutsk": (50.758, 25.350), "Kovel": (51.215, 24.709), "Novovolynsk": (50.734, 24.164)},
    "UA-09": {
        "Luhansk": (48.574, 39.307),
        "Siverskodonetsk": (48.948, 38.493),
        "Lysychansk": (48.917, 38.430),
        "Popasna": (48.633, 38.378),
        "Svatove": (49.410, 38.151),
        "Starobilsk": (49.273, 38.908),
        "Kreminna": (49.049, 38.217),
        "Dovzhansk": (48.085, 39.651),
    },
    "UA-12": {
        "Dnipro": (48.465, 35.046),
        "Kryvyi Rih": (47.908, 33.390),
        "Nikopol": (47.567, 34.406),
        "Pavlohrad": (48.534, 35.870),
        "Synelnykove": (48.320, 35.514),
    },
    "UA-14": {
        "Donetsk": (48.023, 37.802),
        "Mariupol": (47.095, 37.541),
        "Bakhmut": (48.595, 38.000),
        "Sloviansk": (48.853, 37.606),
        "Pokrovsk": (48.282, 37.176),
        "Vuhledar": (47.779, 37.249),
        "Avdiivka": (48.140, 37.745),
        "Lyman": (48.987, 37.811),
        "Horlivka": (48.300, 38.017),
    },
    "UA-18": {"Zhytomyr": (50.262, 28.679), "Berdychiv": (49.892, 28.602), "Korosten": (50.959, 28.639)},
    "UA-21": {"Uzhhorod": (48.621, 22.288), "Mukachevo": (48.443, 22.718), "Rakhiv": (48.050, 24.205)},
    "UA-23": {
        "Zaporizhzhia": (47.852, 35.117),
        "Melitopol": (46.849, 35.367),
        "Enerhodar": (47.499, 34.656),
        "Berdiansk": (46.759, 36.790),
        "Orikhiv": (47.567, 35.786),
        "Huliaipole": (47.664, 36.257),
    },
    "UA-26": {"Ivano-Frankivsk": (48.922, 24.711), "Kolomyia": (48.531, 25.040), "Kalush": (49.012, 24.373)},
    "UA-30": {"Kyiv": (50.450, 30.524), "Obolon": (50.505, 30.498)},
    "UA-32": {
        "Irpin": (50.522, 30.251),
        "Bucha": (50.548, 30.221),
        "Boryspil": (50.353, 30.955),
        "Bila Tserkva": (49.796, 30.131),
        "Chornobyl": (51.276, 30.222),
    },
    "UA-35": {"Kropyvnytskyi": (48.508, 32.262), "Oleksandriia": (48.669, 33.116), "Haivoron": (48.337, 29.866)},
    "UA-40": {"Sevastopol": (44.601, 33.530), "Balaklava": (44.511, 33.600)},
    "UA-43": {
        "Simferopol": (44.957, 34.111),
        "Kerch": (45.357, 36.475),
        "Dzhankoi": (45.709, 34.393),
        "Yalta": (44.505, 34.160),
        "Yevpatoria": (45.201, 33.367),
        "Bakhchysarai": (44.753, 33.860),
        "Armiansk": (46.106, 33.692),
    },
    "UA-46": {"Lviv": (49.842, 24.032), "Drohobych": (49.350, 23.506), "Sheptytskyi": (50.387, 24.229)},
    "UA-48": {"Mykolaiv": (46.970, 32.000), "Pervomaisk": (48.044, 30.850), "Snihurivka": (47.076, 32.805)},
    "UA-51": {"Odesa": (46.486, 30.744), "Izmail": (45.362, 28.836), "Podilsk": (47.748, 29.535)},
    "UA-53": {"Poltava": (49.589, 34.551), "Kremenchuk": (49.068, 33.420), "Lubny": (50.016, 32.997)},
    "UA-56": {"Rivne": (50.620, 26.251), "Dubno": (50.408, 25.762), "Varash": (51.344, 25.851)},
    "UA-59": {"Sumy": (50.908, 34.798), "Konotop": (51.240, 33.203), "Okhtyrka": (50.310, 34.899)},
    "UA-61": {"Ternopil": (49.553, 25.595), "Chortkiv": (49.017, 25.798), "Kremenets": (50.097, 25.725)},
    "UA-63": {
        "Kharkiv": (49.982, 36.255),
        "Izium": (49.209, 37.257),
        "Kupiansk": (49.710, 37.616),
        "Vovchansk": (50.290, 36.941),
        "Lozova": (48.889, 36.316),
        "Balakliia": (49.463, 36.860),
    },
    "UA-65": {
        "Kherson": (46.637, 32.615),
        "Nova Kakhovka": (46.755, 33.348),
        "Henichesk": (46.168, 34.809),
        "Oleshky": (46.627, 32.718),
        "Beryslav": (46.842, 33.429),
    },
    "UA-68": {"Khmelnytskyi": (49.423, 26.987), "Kamianets-Podilskyi": (48.680, 26.583), "Netishyn": (50.340, 26.640)},
    "UA-71": {"Cherkasy": (49.444, 32.060), "Uman": (48.750, 30.220), "Smila": (49.222, 31.887)},
    "UA-74": {"Chernihiv": (51.498, 31.289), "Nizhyn": (51.048, 31.887), "Pryluky": (50.594, 32.387)},
    "UA-77": {"Chernivtsi": (48.292, 25.936), "Khotyn": (48.508, 26.493), "Novodnistrovsk": (48.578, 27.441)},
}

# Square kilometres, State Statistics Service of Ukraine.
OFFICIAL_AREA_KM2 = {
    "UA-05": 26513, "UA-07": 20144, "UA-09": 26684, "UA-12": 31914, "UA-14": 26517, "UA-18": 29832, "UA-21": 12777,
    "UA-23": 27180, "UA-26": 13900, "UA-30": 839, "UA-32": 28131, "UA-35": 24588, "UA-40": 864, "UA-43": 26081,
    "UA-46": 21833, "UA-48": 24598, "UA-51": 33310, "UA-53": 28748, "UA-56": 20047, "UA-59": 23834, "UA-61": 13823,
    "UA-63": 31415, "UA-65": 28461, "UA-68": 20645, "UA-71": 20900, "UA-74": 31865, "UA-77": 8097,
}  # fmt: skip


@cache
def collection(name: str) -> dict:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def rings_by_id(name: str) -> dict[str, list[list[list[float]]]]:
    """All rings of each feature; holes count by the even-odd rule, as the rings do not overlap."""
    found = {}
    for feature in collection(name)["features"]:
        geometry = feature["geometry"]
        parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        found[feature["properties"]["id"]] = [ring for part in parts for ring in part]
    return found


def holders(name: str, lat: float, lon: float) -> list[str]:
    """Ids of the features that contain the point."""
    found = []
    for key, rings in rings_by_id(name).items():
        crossings = 0
        for ring in rings:
            for (x1, y1), (x2, y2) in pairwise(ring):
                if (y1 > lat) != (y2 > lat) and lon < x1 + (lat - y1) / (y2 - y1) * (x2 - x1):
                    crossings += 1
        if crossings % 2:
            found.append(key)
    return found


def area_km2(rings: list[list[list[float]]]) -> float:
    """Area on the sphere; outer rings run anticlockwise and holes clockwise."""
    total = 0.0
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            total += math.radians(x1 - x2) * (math.sin(math.radians(y1)) + math.sin(math.radians(y2))) / 2
    return total * 6371.0**2


def edges(rings: list[list[list[float]]]) -> list[frozenset[tuple[float, ...]]]:
    return [frozenset([tuple(a), tuple(b)]) for ring in rings for a, b in pairwise(ring)]


@pytest.mark.parametrize(("name", "limit"), [(WORLD, 700_000), (OBLASTS, 300_000)])
def test_file_is_small_sorted_and_rounded(name: str, limit: int) -> None:
    assert (DATA / name).stat().st_size < limit
    ids = [feature["properties"]["id"] for feature in collection(name)["features"]]
    assert ids == sorted(set(ids))
    for rings in rings_by_id(name).values():
        assert all(ring[0] == ring[-1] and len(ring) >= 4 for ring in rings)
        assert all(round(number, 3) == number for ring in rings for point in ring for number in point)


def test_attribution_travels_with_the_data() -> None:
    assert "Natural Earth" in collection(WORLD)["attribution"]
    assert "Crimea and Sevastopol drawn in Ukraine" in collection(WORLD)["attribution"]
    assert "Approximate" in collection(OBLASTS)["attribution"]
    assert "GeoNames" in collection(OBLASTS)["attribution"]


@pytest.mark.parametrize("place", PLACES_BY_COUNTRY)
def test_place_is_in_its_recognised_country_only(place: str) -> None:
    lat, lon, country = PLACES_BY_COUNTRY[place]
    assert holders(WORLD, lat, lon) == [country]


def test_nothing_crosses_the_antimeridian() -> None:
    for key, rings in rings_by_id(WORLD).items():
        for ring in rings:
            assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in ring), key
            jumps = [a for a, b in pairwise(ring) if abs(a[0] - b[0]) > 30 and a[1] != -90]
            assert not jumps, key


@pytest.mark.parametrize(
    ("neighbour", "least"), [("RU", 60), ("BY", 30), ("PL", 15), ("MD", 30), ("RO", 20), ("HU", 3)]
)
def test_ukraine_shares_its_border_with_neighbours(neighbour: str, least: int) -> None:
    ours, theirs = (set(edges(rings_by_id(WORLD)[key])) for key in ("UA", neighbour))
    assert len(ours & theirs) >= least


def test_countries_are_many_and_named() -> None:
    names = {f["properties"]["id"]: f["properties"]["name"] for f in collection(WORLD)["features"]}
    assert len(names) > 230
    assert (names["UA"], names["RU"], names["XK"]) == ("Ukraine", "Russia", "Kosovo")
    assert {key for key in names if len(key) != 2} == {"Siachen Glacier"}


def test_oblasts_are_all_there_and_called_approximate() -> None:
    assert set(rings_by_id(OBLASTS)) == set(OFFICIAL_AREA_KM2)
    properties = {f["properties"]["id"]: f["properties"] for f in collection(OBLASTS)["features"]}
    assert properties["UA-14"]["name"] == "Donetsk Oblast"
    assert all(row["approximate"] is True for row in properties.values())


@pytest.mark.parametrize("oblast", TOWNS_BY_OBLAST)
def test_towns_are_in_their_oblast(oblast: str) -> None:
    found = {town: holders(OBLASTS, *spot) for town, spot in TOWNS_BY_OBLAST[oblast].items()}
    assert found == {town: [oblast] for town in found}


@pytest.mark.parametrize("oblast", OFFICIAL_AREA_KM2)
def test_oblast_area_is_near_the_official_one(oblast: str) -> None:
    assert area_km2(rings_by_id(OBLASTS)[oblast]) == pytest.approx(OFFICIAL_AREA_KM2[oblast], rel=0.08)


def test_oblasts_fill_ukraine_without_gaps_or_overlaps() -> None:
    oblasts, ukraine = rings_by_id(OBLASTS), rings_by_id(WORLD)["UA"]
    assert sum(map(area_km2, oblasts.values())) == pytest.approx(area_km2(ukraine), rel=1e-4)
    uses = Counter(edge for rings in oblasts.values() for edge in edges(rings))
    assert set(uses.values()) == {1, 2}
    outer = sum(math.dist(*edge) for edge, count in uses.items() if count == 1)
    assert outer == pytest.approx(sum(math.dist(*edge) for edge in edges(ukraine)), rel=2e-3)
