"""A corpus of three short articles for tests of the dashboard, and hostile texts. Sentences were written for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from pathlib import Path

from corpus import Corpus
from extract.fingerprint import fingerprint
from extract.tokens import Tokens
from extract.types import Article, Extraction, Mention

BAKHMUT = ("bakhmut-donetsk", "Bakhmut", "city", 48.5944, 38.0008)
SOLEDAR = ("soledar-donetsk", "Soledar", "town", 48.6811, 38.0886)
MOSCOW = ("gn524901", "Moscow", "city", 55.7522, 37.6156)
DONETSK_OBLAST = ("UA-14", "Donetsk Oblast", "region", 48.1, 37.8)
VODIANE = ("vodiane-donetsk", "Vodiane", "village", 48.107, 37.636)
NORTH, SOUTH = "North Desk", "South Wire"

HOSTILE = (
    "${parent.document.title='x'}",
    "${window.top.__tripped=1}`;window.top.__tripped=2;`",
    "</script><script>window.top.__tripped=3</script>",
    "<img src=x onerror=\"window.top.__tripped=4;document.title='x'\">",
    '"><svg onload=window.top.__tripped=5>',
    "'); window.top.__tripped=6; ('",
    "[link](javascript:window.top.__tripped=7) :red[red] $x^2$ **bold** {{7*7}}",
    "\u202egnirts desrever\u202c \\u0041 \x00\x07",
)


def found(
    text: str,
    name: str,
    place: tuple[str, str, str, float, float] | None,
    *,
    role: str = "location",
    status: str = "placed",
    confidence: float = 0.9,
    reason: str = "the name is known to the gazetteer",
) -> Mention:
    """The mention of `name` in `text`, which holds it once or whose first is meant."""
    start = text.index(name)
    place_id, shown, kind, lat, lon = place or (None,) * 5
    return Mention(start, start + len(name), name, status, role, confidence, reason, place_id, shown, kind, lat, lon)


def extraction(article: Article, *mentions: Mention) -> Extraction:
    """An extraction as the pipeline would give it."""
    return Extraction(article, mentions, extractor_version="1", gazetteer_version="0" * 12)


def three_articles() -> list[Extraction]:
    """North Desk of 20 Jan 2023, South Wire of 2 Mar 2023, and one without source and date."""
    first = "Shelling was reported in Bakhmut on Friday. Moscow said it had taken Soledar."
    second = "Artyomovsk remains contested. The rest of the Donetsk region was quiet."
    third = "The road near Soledar was closed. Vodiane was shelled. Lloyd Austin spoke. Zelenyi Hutir was named too."
    return [
        extraction(
            Article(
                "a", first, "Shelling in the east", NORTH, Date(2023, 1, 20), "stated", url="https://example.org/a"
            ),
            found(first, "Bakhmut", BAKHMUT),
            found(first, "Moscow", MOSCOW, role="actor"),
            found(first, "Soledar", SOLEDAR, confidence=0.6),
        ),
        extraction(
            Article("b", second, "Contested", SOUTH, Date(2023, 3, 2), "file", cites=("AFP",), language="en"),
            found(second, "Artyomovsk", BAKHMUT, reason="“Artyomovsk” is a former name of Bakhmut"),
            found(second, "Donetsk region", DONETSK_OBLAST),
        ),
        extraction(
            Article("c", third, "A closed road"),
            found(third, "Soledar", SOLEDAR),
            found(third, "Vodiane", VODIANE, status="ambiguous", confidence=0.4),
            found(third, "Austin", None, status="rejected", reason="part of the person's name “Lloyd Austin”"),
            found(third, "Zelenyi Hutir", None, status="unplaced", reason="the gazetteer does not have it"),
        ),
    ]


def hostile_articles() -> list[Extraction]:
    """One article a payload of `HOSTILE`, which is its title, source, text, place name, reason and link."""
    made = []
    for number, payload in enumerate(HOSTILE):
        text = f"{payload} was seen near Bakhmut. {payload}"
        place = (f"hostile-{number}", payload, "town", 47.5 + number / 4, 36.0)
        article = Article(f"h{number}", text, payload, payload, Date(2023, 5, 1 + number), "stated", url=payload)
        made.append(
            extraction(
                article, found(text, payload, place, reason=payload), found(text, "Bakhmut", BAKHMUT, reason=payload)
            )
        )
    return made


def one_undated() -> list[Extraction]:
    """The third article alone."""
    return three_articles()[2:]


def two_copies() -> list[Extraction]:
    """One story: North Desk of 20 Jan 2023, and South Wire of the day after, who left out a sentence and added one."""
    shared = (
        "Rescue workers reached the cellar of the school in Bakhmut on Friday morning and found eleven people alive. "
        "Water had been cut off for three days, and the last generator in the street stopped during the night. "
        "The head of the town council asked those who remained to gather near the market before noon."
    )
    copies = []
    for number, (source, day, extra) in enumerate(
        ((NORTH, 20, "A bus to Soledar never came."), (SOUTH, 21, "Soledar was quiet, residents told the agency."))
    ):
        text = f"{shared} {extra}"
        article = Article(f"copy-{number}", text, f"Cellar, as told by {source}", source, Date(2023, 1, day), "stated")
        made = extraction(article, found(text, "Bakhmut", BAKHMUT), found(text, "Soledar", SOLEDAR))
        copies.append(replace(made, fingerprint=fingerprint(Tokens(text))))
    return copies


def build(folder: Path, extractions: Sequence[Extraction]) -> Path:
    """A corpus in `folder`, which it gives back."""
    Corpus(folder).add(extractions)
    return folder
