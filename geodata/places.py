"""The place: one point of the gazetteer with what is known of it."""

from dataclasses import dataclass

SETTLEMENT_KINDS = ("city", "town", "village")
REGION_KINDS = ("region", "district", "country", "continent")
KINDS = (*SETTLEMENT_KINDS, *REGION_KINDS, "water", "facility", "area")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer. `lat`, `lon` are degrees WGS84; for areas, a representative point.

    `id` is stable across builds: the GeoNames id (`gn706757`) for the world layer, ISO codes for countries and
    first-level regions (`UA`, `UA-14`), a slug for the project's own rows (`klishchiivka-donetsk`).
    `country` is ISO 3166-1 alpha-2 or empty; `region` the id of the first-level region or empty; `district` the
    second level in words. `radius_km` is the rough half-extent of an area, 0 for points. `layer` names where the
    row comes from, `source` cites it. `population` 0 means not known.
    `capital_of` is the ISO code of the country it is the capital of, else empty.
    """

    id: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str = ""
    region: str = ""
    district: str = ""
    population: int = 0
    radius_km: float = 0.0
    uk: str = ""
    ru: str = ""
    capital_of: str = ""
    layer: str = ""
    source: str = ""

    @property
    def is_settlement(self) -> bool:
        """True for cities, towns and villages: the kinds drawn as a point."""
        return self.kind in SETTLEMENT_KINDS
