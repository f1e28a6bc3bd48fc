"""Command-line options made of `MentionFilter`, for every command that takes a filter."""

import argparse
from datetime import date as Date

from corpus.filter import COUNT_BY, UNKNOWN_SOURCE, MentionFilter
from extract.types import EVENT_KINDS, EVENT_MODALITIES, EVENT_SIDES, ROLES, STATUSES
from geodata.places import KINDS

ANY = "any"
_LISTS = {
    "sources": ("--source", "NAME", "articles from this source; may be given several times, as all of these may"),
    "cites": ("--cites", "NAME", "articles that lean on this agency or outlet"),
    "languages": ("--language", "CODE", "articles in this language: en, uk, ru, unknown"),
    "stories": ("--story", "ID", "articles of the story of this article (article id of any copy)"),
    "places": ("--place", "ID", "mentions of this place (gazetteer id)"),
    "regions": ("--region", "ID", "mentions of places in this region (such as UA-14)"),
    "kinds": ("--kind", "KIND", f"mentions of places of this kind: {', '.join(KINDS)}"),
    "roles": ("--role", "ROLE", f"{', '.join(ROLES)} or {ANY}; location unless given"),
    "statuses": ("--status", "STATUS", f"{', '.join(STATUSES)} or {ANY}; placed unless given"),
    "event_kinds": ("--event", "KIND", f"places an article tells of such an event at: {', '.join(EVENT_KINDS)}"),
    "event_sides": ("--event-side", "SIDE", f"places of events by this side: {', '.join(EVENT_SIDES)}"),
    "event_modalities": ("--event-said", "HOW", f"places of events told so: {', '.join(EVENT_MODALITIES)}"),
}


def day(text: str) -> Date:
    """A day written YYYY-MM-DD; raises `ArgumentTypeError` otherwise."""
    try:
        return Date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2023-01-26") from error


def add_filter_options(parser: argparse.ArgumentParser) -> None:
    """Give `parser` an option for each field of `MentionFilter`; `filter_from` reads them."""
    group = parser.add_argument_group("filter")
    for name, (option, metavar, words) in _LISTS.items():
        group.add_argument(option, dest=name, action="append", metavar=metavar, help=words)
    group.add_argument("--unknown-source", action="store_true", help="articles that state no source")
    group.add_argument("--from", dest="date_from", type=day, metavar="DAY", help="first day, YYYY-MM-DD")
    group.add_argument("--to", dest="date_to", type=day, metavar="DAY", help="last day, YYYY-MM-DD")
    group.add_argument("--no-undated", action="store_true", help="leave undated articles out where a day is given")
    group.add_argument("--text", default="", metavar="WORDS", help='words the article contains; "in quotes" together')
    group.add_argument("--min-confidence", type=float, default=0.0, metavar="0..1", help="of placed mentions")
    group.add_argument("--count-by", choices=COUNT_BY, default=MentionFilter().count_by, help="measure to sort by")


def filter_from(args: argparse.Namespace) -> MentionFilter:
    """The filter that parsed options ask for. Raises `FilterError`."""
    default = MentionFilter()
    chosen = {
        name: () if values == [ANY] else tuple(values) for name in _LISTS if (values := getattr(args, name)) is not None
    }
    if args.unknown_source:
        chosen["sources"] = (*chosen.get("sources", ()), UNKNOWN_SOURCE)
    return MentionFilter(
        **chosen,
        date_from=args.date_from,
        date_to=args.date_to,
        include_undated=not args.no_undated and default.include_undated,
        text=args.text,
        min_confidence=args.min_confidence,
        count_by=args.count_by,
    )
