"""`python -m geodata geocode` and `python -m geodata cache`: asking a geocoder, and what it answered before."""

import argparse
import json
import os
import sys
import uuid
from pathlib import Path

from geodata.cache import GeocodeCache, cache_path
from geodata.errors import GeocodeCacheError
from geodata.suggestions import Answer, Suggestion


def add_commands(commands: argparse._SubParsersAction) -> None:
    """Add both commands to the command line's."""
    asking = commands.add_parser("geocode", help="ask a geocoder for a name the gazetteer lacks; sends the name")
    asking.add_argument("name")
    asking.add_argument(
        "--country", action="append", metavar="ISO", help="only this country (may be repeated); `any` for the world"
    )
    kept = commands.add_parser("cache", help="what geocoders answered before")
    actions = kept.add_subparsers(dest="action", required=True)
    listing = actions.add_parser("list", help="names asked for, when, and what came of it")
    clearing = actions.add_parser("clear", help="forget answers")
    clearing.add_argument("names", nargs="*", metavar="NAME", help="only the answers to these names")
    clearing.add_argument("--expired", action="store_true", help="only those whose time is up")
    writing = actions.add_parser("export", help="one JSON object an answer")
    writing.add_argument("-o", "--output", type=Path, metavar="FILE", help="written whole or not at all; else stdout")
    for command in (asking, listing, clearing, writing):
        where = command.add_mutually_exclusive_group()
        where.add_argument("--corpus", type=Path, metavar="DIR", help="the answers kept in this corpus")
        where.add_argument("--cache", type=Path, metavar="FILE", help="the answers kept in this file")


def run(args: argparse.Namespace) -> int:
    """Run one of the two; 0 when it found or did what was asked, 1 when not. Raises `GeodataError`."""
    path = args.cache or cache_path(args.corpus)
    if args.command == "geocode":
        return _geocode(args, path)
    cache = GeocodeCache(path, notice=_say)
    if args.action == "list":
        return _list(cache)
    if args.action == "clear":
        forgotten = cache.clear(args.names, expired_only=args.expired)
        print(f"{forgotten} answers forgotten")
        return 0 if forgotten or not args.names else 1
    return _export(cache, args.output)


def _say(message: str) -> None:
    print(f"note: {message}", file=sys.stderr)


def _geocode(args: argparse.Namespace, path: Path) -> int:
    # the network's modules are loaded only where they are used
    from geodata.geocoder import open_geocoder

    countries = None if args.country is None else () if "any" in args.country else tuple(args.country)
    answer = open_geocoder(path, notice=_say).suggest(args.name, countries=countries)
    for suggestion in answer.suggestions:
        print(_line(suggestion))
    for attribution in dict.fromkeys(suggestion.attribution for suggestion in answer.suggestions):
        print(f"data: {attribution}", file=sys.stderr)
    print(_summary(answer), file=sys.stderr)
    return 0 if answer.suggestions else 1


def _line(suggestion: Suggestion) -> str:
    size = f"  about {suggestion.radius_km:g} km around" if suggestion.radius_km >= 1 else ""
    place = f"{suggestion.lat:9.4f} {suggestion.lon:9.4f}  {suggestion.kind:9s} {suggestion.label}"
    return f"{place} [{suggestion.feature}; {suggestion.reference or 'no id'}]{size}"


def _summary(answer: Answer) -> str:
    asked = answer.question
    where = " in " + ", ".join(asked.countries).upper() if asked.countries else ""
    kept = " (kept since then)" if answer.from_cache else ""
    found = f"{len(answer.suggestions)} suggestions for" if answer.suggestions else "no place found for"
    return f"{found} {asked.name!r}{where}: {answer.source}{kept}. Suggestions only; nothing was placed"


def _list(cache: GeocodeCache) -> int:
    kept = list(cache.all())
    for entry in kept:
        answer = entry.answer
        found = f"{len(answer.suggestions)} found" if answer.suggestions else "not found"
        state = "expired" if entry.expired else ""
        asked = answer.question
        where = ",".join(asked.countries) or "any"
        print(f"{answer.asked_at.date()}  {found:10s} {state:8s} {asked.name:30s} {where:8s} {asked.provider}".rstrip())
    _count(cache, len(kept))
    return 0


def _export(cache: GeocodeCache, output: Path | None) -> int:
    entries = list(cache.all())
    lines = [json.dumps(e.answer.as_dict() | {"expired": e.expired}, ensure_ascii=False) + "\n" for e in entries]
    if output is None:
        sys.stdout.writelines(lines)
    else:
        _write_whole(output, "".join(lines))
    _count(cache, len(entries))
    return 0


def _write_whole(output: Path, text: str) -> None:
    """Write beside, then rename. Raises `GeocodeCacheError` naming the file."""
    beside = output.with_name(f".{output.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        try:
            with beside.open("x", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            beside.replace(output)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise GeocodeCacheError(f"{output} cannot be written ({error.strerror}); name another file") from error


def _count(cache: GeocodeCache, readable: int) -> None:
    lost = cache.unreadable()
    damaged = f", {lost} that cannot be read and will be asked for again" if lost else ""
    print(f"{readable} answers in {cache.file.path}{damaged}", file=sys.stderr)
