"""Reading what providers answer into suggestions: which feature is which kind of place, where it is, how large.

Each provider's raw answer is read by its own reader; one without a reader gives name and point alone.
"""

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from geodata.distance import distance_km
from geodata.suggestions import Suggestion, cleaned

OPENSTREETMAP = "© OpenStreetMap contributors, ODbL 1.0"
_GEONAMES = "GeoNames, CC BY 4.0"
_SETTLEMENTS = {
    "city": "city", "town": "town", "municipality": "town", "village": "village", "hamlet": "village",
    "isolated_dwelling": "village", "allotments": "village", "farm": "village",
}  # fmt: skip
_AREAS = {
    "country": "country", "continent": "continent", "state": "region", "province": "region", "region": "region",
    "state_district": "district", "county": "district", "district": "district", "city_district": "area",
}  # fmt: skip
_KEYS = {"waterway": "water", "water": "water"}
_WATERS = frozenset("water bay strait spring wetland reservoir lake river stream canal sea ocean".split())
_FACILITY_KEYS = frozenset(
    """aeroway amenity barrier bridge building craft emergency healthcare highway historic industrial leisure man_made
    military office power public_transport railway shop telecom tourism tunnel""".split()
)
_GEONAMES_CLASSES = {
    "H": "water",
    "S": "facility",
    "R": "facility",
    "T": "area",
    "L": "area",
    "V": "area",
    "U": "water",
}
_GEONAMES_ADMIN = {"PCL": "country", "ADM1": "region", "ADM2": "district", "ADM3": "district"}


def osm_kind(key: str, value: str, address_type: str = "") -> str:
    """The kind of an OpenStreetMap feature (`place`, `village`); `address_type` tells what a boundary is around."""
    if key in ("place", "boundary"):
        for word in (value, address_type) if key == "place" else (address_type, value):
            if found := _SETTLEMENTS.get(word) or _AREAS.get(word):
                return found
        return "water" if value in _WATERS else "area"
    if key in _KEYS or (key in ("natural", "landuse") and value in _WATERS):
        return "water"
    return "facility" if key in _FACILITY_KEYS else "area"


def _radius_km(south: float, west: float, north: float, east: float) -> float:
    """Half the diagonal of a box in degrees; 0 for a box that is none."""
    if not all(map(math.isfinite, (south, west, north, east))) or not (-90 <= south <= north <= 90):
        return 0.0
    return round(distance_km(south, west, north, east) / 2, 1)


def _nominatim(raw: Mapping[str, Any]) -> Suggestion:
    key, value = raw.get("category") or raw.get("class") or "", raw.get("type") or ""
    address = raw.get("address") or {}
    box = [float(edge) for edge in raw.get("boundingbox") or ()]
    label = raw.get("display_name") or ""
    return Suggestion(
        name=raw.get("name") or label.split(",")[0],
        label=label,
        lat=float(raw["lat"]),
        lon=float(raw["lon"]),
        kind=osm_kind(key, value, raw.get("addresstype") or ""),
        feature=f"{key}/{value}",
        country=str(address.get("country_code") or "").upper(),
        radius_km=_radius_km(box[0], box[2], box[1], box[3]) if len(box) == 4 else 0.0,
        reference=f"{raw['osm_type']}/{raw['osm_id']}" if raw.get("osm_type") else "",
        attribution=raw.get("licence") or OPENSTREETMAP,
    )


def _photon(raw: Mapping[str, Any]) -> Suggestion:
    """Photon's `type` is a level of its own; its "city" covers villages too and says nothing."""
    found = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"][:2]
    key, value = found.get("osm_key") or "", found.get("osm_value") or ""
    extent = [float(edge) for edge in found.get("extent") or ()]  # west, north, east, south
    parts = (found.get(part) for part in ("name", "county", "state", "country"))
    osm_type = {"N": "node", "W": "way", "R": "relation"}.get(found.get("osm_type"), "")
    return Suggestion(
        name=found.get("name") or "",
        label=", ".join(str(part) for part in parts if part),
        lat=float(lat),
        lon=float(lon),
        kind=osm_kind(key, value, "" if found.get("type") == "city" else found.get("type") or ""),
        feature=f"{key}/{value}",
        country=str(found.get("countrycode") or "").upper(),
        radius_km=_radius_km(extent[3], extent[0], extent[1], extent[2]) if len(extent) == 4 else 0.0,
        reference=f"{osm_type}/{found['osm_id']}" if osm_type else "",
        attribution=OPENSTREETMAP,
    )


def geonames_kind(feature_class: str, code: str, population: int) -> str:
    """The kind of a GeoNames feature: settlements by inhabitants (city from 50,000, town from 5,000)."""
    if feature_class == "P":
        return "city" if population >= 50_000 else "town" if population >= 5_000 else "village"
    if feature_class == "A":
        return next((kind for start, kind in _GEONAMES_ADMIN.items() if code.startswith(start)), "area")
    return _GEONAMES_CLASSES.get(feature_class, "area")


def _geonames(raw: Mapping[str, Any]) -> Suggestion:
    feature_class, code = raw.get("fcl") or "", raw.get("fcode") or ""
    parts = (raw.get(part) for part in ("name", "adminName1", "countryName"))
    return Suggestion(
        name=raw.get("toponymName") or raw.get("name") or "",
        label=", ".join(str(part) for part in parts if part),
        lat=float(raw["lat"]),
        lon=float(raw["lng"]),
        kind=geonames_kind(feature_class, code, int(raw.get("population") or 0)),
        feature=f"{feature_class}/{code}",
        country=str(raw.get("countryCode") or "").upper(),
        reference=f"gn{raw['geonameId']}" if raw.get("geonameId") else "",
        attribution=_GEONAMES,
    )


_READERS: dict[str, Callable[[Mapping[str, Any]], Suggestion]] = {
    "nominatim": _nominatim,
    "openmapquest": _nominatim,
    "pickpoint": _nominatim,
    "photon": _photon,
    "geonames": _geonames,
}


def read_answers(service: str, locations: Iterable[Any], countries: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Suggestions out of geopy's locations, in the provider's order, each place once.

    Those known to lie outside `countries` are left out, since not every provider can be asked for some alone. Raises
    `ValueError`, `KeyError`, `TypeError` or `AttributeError` when the answer is not in the provider's format.
    """
    reader = _READERS.get(service)
    wanted = {code.upper() for code in countries}
    found: dict[tuple[str, float, float], Suggestion] = {}
    for location in locations:
        if location is None:
            continue
        suggestion = cleaned(reader(location.raw) if reader else _plain(service, location))
        if wanted and suggestion.country and suggestion.country not in wanted:
            continue
        # answers without a point read as 0, 0, where there is none of the places one looks for
        if suggestion.name and (suggestion.lat, suggestion.lon) != (0.0, 0.0):
            spot = (suggestion.reference or suggestion.name, round(suggestion.lat, 4), round(suggestion.lon, 4))
            found.setdefault(spot, suggestion)
    return tuple(found.values())


def _plain(service: str, location: Any) -> Suggestion:
    """Name and point alone; `area`, since what it is is not known."""
    label = location.address or ""
    return Suggestion(
        name=label.split(",")[0],
        label=label,
        lat=float(location.latitude),
        lon=float(location.longitude),
        kind="area",
        feature="not stated",
        attribution=service,
    )
