"""Random decisions on the four sample articles, many of them about the same few things."""

import random
from datetime import date as Date

from corpus.corrections.file import DecidedPlace, Decision, decide
from tests.corpus.corpus_samples import FOUR, PLACES

ARTICLES = [one.article.article_id for one in FOUR] + ["0" * 16]
SPANS = [(one.article.article_id, m.start, m.end, m.text) for one in FOUR for m in one.mentions]
NAMES = sorted({text for *_, text in SPANS}) + ["BAKHMUT", "Бахмута", "Нового Села", "Atlantis"]
CHOICES = [
    DecidedPlace(id="own:nove", name="Нове Село", kind="village", lat=48.1, lon=38.2, country="UA", region="UA-14"),
    DecidedPlace(id="own:nove", name="Нове Село", kind="town", lat=48.2, lon=38.2),
    DecidedPlace(id="osm:1", name="Hutir", kind="village", lat=49.0, lon=37.0),
    DecidedPlace(id="gn703448", name="Kyiv", kind="city", lat=50.4, lon=30.5),
    *(DecidedPlace(id=i, name=name, kind=kind, lat=lat, lon=lon) for name, (i, kind, lat, lon) in PLACES.items()),
]
WAS = [None, None, "", *(place_id for place_id, *_ in PLACES.values())]


def random_decision(rnd: random.Random, known: list[Decision]) -> Decision:
    """One decision, sometimes an undo of one of `known`."""
    who = rnd.choice(["", "Ann", "Bob"])
    action = rnd.choice(
        ["accept", "place", "reject", "role"] * 3 + ["spelling", "new_place", "date", "source", "split", "merge"]
    )
    if known and rnd.random() < 0.2:
        return decide("undo", scope="everywhere", value=rnd.choice(known).id, who=who)
    if action in ("date", "source", "split", "merge"):
        article, other = rnd.sample(ARTICLES, 2)
        value = {
            "date": rnd.choice([None, Date(2023, 1, 1), Date(2023, 2, 20)]),
            "source": rnd.choice(["", "Kyiv Post"]),
            "merge": other,
        }
        return decide(action, scope="article", article_id=article, value=value.get(action), who=who)
    scope = "everywhere" if action == "spelling" else rnd.choice(["mention", "article", "everywhere"])
    article, start, end, name = rnd.choice(SPANS)
    target = {"name": name if scope == "mention" else rnd.choice(NAMES), "was": rnd.choice(WAS)}
    if scope != "everywhere":
        target["article_id"] = article
    if scope == "mention":
        target |= {"start": start, "end": end}
    value = None
    if action in ("place", "spelling"):
        value = rnd.choice(CHOICES)
    elif action == "new_place":
        value = rnd.choice(CHOICES[:2])
    elif action == "role":
        value = rnd.choice(["actor", "location"])
    return decide(action, scope=scope, value=value, who=who, **target)


def random_sequence(rnd: random.Random, most: int) -> list[Decision]:
    """Up to `most` decisions in the order they are made."""
    made: list[Decision] = []
    for _ in range(rnd.randint(1, most)):
        made.append(random_decision(rnd, made))
    return made
