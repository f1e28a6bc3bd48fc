"""Decisions in plain English: as the reason of a mention they changed, and in a list of them."""

from corpus.corrections.decisions import Decision
from corpus.filter import day_words

_EXTENT = {"mention": "", "article": " in this article", "everywhere": " wherever it is so written"}


def told(decision: Decision) -> str:
    """One plain sentence. It may hold words from a stranger's file: show it as text."""
    who = " ".join(decision.who.split()) or "A reviewer"
    name = " ".join(decision.target.name.split())
    place = decision.place.name if decision.place else ""
    said = {
        "accept": "accepted this place",
        "place": f"chose {place}",
        "reject": "said that this is not a place",
        "spelling": f"said that “{name}” means {place}",
        "new_place": f"added {place} to the places",
        "role": "said that this place acts here" if decision.value == "actor" else "said that things happen here",
    }
    extent = "" if decision.action == "spelling" else _EXTENT[decision.scope]
    why = " ".join(decision.why.split()).rstrip(".")
    return f"{who} {said[decision.action]}{extent} on {day_words(decision.time.date())}{f': {why}' if why else ''}."


def in_words(decision: Decision) -> str:
    """What was decided, on one line: `“Austin” everywhere: not a place`. It may hold a stranger's words, as `told`."""
    target, place = decision.target, decision.place
    name, article = " ".join(target.name.split()), target.article_id
    if decision.scope == "everywhere":
        where = f"“{name}” everywhere"
    else:
        named = f"“{name}” " if name else ""
        where = f"{named}in article {article}" + (f" at {target.start}" if target.start is not None else "")
    if target.was is not None:
        where += f" where the machine says {target.was or 'no place'}"
    point = f"{place.name} ({place.kind}, {place.lat:g}, {place.lon:g}; {place.id})" if place else ""
    said = {
        "accept": f"{where}: the machine is right",
        "place": f"{where}: {point}",
        "reject": f"{where}: not a place",
        "spelling": f"{where}: another spelling of {point}",
        "new_place": f"{where}: new place {point}",
        "role": f"{where}: {decision.value}",
        "date": f"article {article}: {f'dated {decision.value}' if decision.value else 'undated'}",
        "source": f"article {article}: from {decision.value or 'an unknown source'}",
        "split": f"article {article}: a story of its own",
        "merge": f"article {article}: the same story as {decision.value}",
        "undo": f"takes back {decision.value}",
    }
    return said[decision.action]
