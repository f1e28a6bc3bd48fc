"""Command line of the gazetteer: `python -m geodata lookup | geocode | cache | build | verify`."""

import argparse
import sys
from pathlib import Path

from geodata.errors import GeodataError
from geodata.gazetteer import DATA, open_gazetteer
from geodata.geocoding_commands import add_commands, run
from geodata.names import NameKind
from geodata.places import Place
from geodata.user_folder import user_folder

NAME_KIND_WORDS = {
    NameKind.MAIN: "name",
    NameKind.SPELLING: "spelling",
    NameKind.ALIAS: "other name",
    NameKind.FORMER: "former name",
    NameKind.ABBREVIATION: "abbreviation",
    NameKind.INFLECTED: "case form",
    NameKind.ADJECTIVE: "adjective",
    NameKind.LISTED: "listed by GeoNames",
}


def point(text: str) -> tuple[float, float]:
    """`LAT,LON` in degrees as a pair; raises `ArgumentTypeError` when it is not a point on Earth."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not LAT,LON in degrees, such as 48.59,38.00") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise argparse.ArgumentTypeError(f"{text!r} is not a point on Earth: latitude comes first")
    return lat, lon


def parser() -> argparse.ArgumentParser:
    """The command line, one subcommand each for asking, building and checking."""
    top = argparse.ArgumentParser(prog="python -m geodata", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    lookup = commands.add_parser("lookup", help="places that bear a name, best first")
    lookup.add_argument("name")
    lookup.add_argument("--near", type=point, metavar="LAT,LON", help="sort by distance from this point")
    lookup.add_argument("--country", metavar="ISO", help="only this country, such as UA")
    build = commands.add_parser("build", help="make the committed gazetteer files from their inputs")
    build.add_argument("--force", action="store_true", help="rebuild the world layer even if its input is unchanged")
    build.add_argument(
        "--geonames",
        metavar="UA,RU,BY",
        help="instead, download GeoNames' lists of these countries into the user's folder (DATELINE_DATA) and use "
        "them, in place of any downloaded before",
    )
    build.add_argument("--outlines", type=Path, metavar="TOPOJSON", help="also remake the bundled outline map")
    verify = commands.add_parser("verify", help="check the project's tables and the built files")
    verify.add_argument("--reference", type=Path, metavar="TSV", help="settlements to compare coordinates with")
    add_commands(commands)
    return top


def describe(place: Place, region: str) -> str:
    """One line on where a place is; `region` is the name of its first-level region."""
    where = ", ".join(part for part in (place.district, region, place.country) if part)
    people = f"  {place.population:,} inhabitants" if place.population else ""
    return f"{place.lat:9.4f} {place.lon:9.4f}  {place.kind:9s} {place.name} ({where}) [{place.id}]{people}"


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 when it found or did what was asked, 1 when not, 2 on wrong usage."""
    args = parser().parse_args(arguments)
    try:
        if args.command == "lookup":
            gazetteer = open_gazetteer()
            found = gazetteer.lookup(args.name, near=args.near, country=args.country and args.country.upper())
            for candidate in found:
                line = describe(candidate.place, gazetteer.region_name(candidate.place))
                print(f"{line}  {NAME_KIND_WORDS[candidate.name_kind]}")
            if not found:
                print(f"{args.name!r} is not in the gazetteer", file=sys.stderr)
            return 0 if found else 1
        if args.command in ("geocode", "cache"):
            return run(args)
        if args.command == "build" and args.geonames is not None:
            from geodata.build.geonames import build_download, country_codes

            build_download(DATA, user_folder(), country_codes(args.geonames))
            return 0
        if args.command == "build":
            from geodata.build import build

            return build(DATA, force=args.force, outlines=args.outlines)
        from geodata.verify import verify

        return verify(DATA, reference=args.reference)
    except GeodataError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
