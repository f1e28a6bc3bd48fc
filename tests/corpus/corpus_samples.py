"""Small extractions for the tests of `corpus`: written out by hand, so that expectations can be counted by eye."""

import dataclasses
from datetime import date as Date

from extract.types import Article, Choice, Event, Extraction, Mention

PLACES = {
    "Bakhmut": ("bakhmut-donetsk", "city", 48.595, 38.0),
    "Soledar": ("soledar-donetsk", "city", 48.69, 38.075),
    "Moscow": ("moscow", "city", 55.752, 37.616),
    "Donetsk Oblast": ("UA-14", "region", 48.1, 37.7),
    "Kharkiv Oblast": ("UA-63", "region", 49.6, 36.4),
}
REASON = "the only place of that name in the gazetteer"


def mention(
    text: str, word: str, *, status: str = "placed", role: str = "location", confidence: float = 0.9
) -> Mention:
    """A mention of the first `word` in `text`; placed and ambiguous ones get the place of that name."""
    start = text.index(word)
    found = Mention(start, start + len(word), word, status, role, confidence, REASON)
    if status not in ("placed", "ambiguous"):
        return found
    place_id, kind, lat, lon = PLACES[word]
    choice = Choice(place_id, word, kind, lat, lon, confidence)
    return dataclasses.replace(found, place_id=place_id, name=word, kind=kind, lat=lat, lon=lon, candidates=(choice,))


def plain(number: int, text: str = "Shells fell on Bakhmut.", **fields) -> Extraction:
    """An article numbered `number` with Bakhmut placed in it."""
    article = Article(id=f"item-{number}", title=f"Report {number}", text=text, **fields)
    return Extraction(article, (mention(text, "Bakhmut"),), extractor_version="1", gazetteer_version="g1")


AFP = Extraction(
    Article(
        id="afp",
        title="Fighting near Bakhmut",
        text="Shells fell on Bakhmut and Soledar. Moscow said it held Soledar. Read next: Kharkiv Oblast",
        source="Sample: Wire",
        date=Date(2023, 1, 12),
        date_basis="stated",
        date_text="January 12, 2023",
        url="https://example.org/1",
        language="en",
        cites=("AFP", "CNN"),
        origin="afp.txt",
    ),
    (
        mention("Shells fell on Bakhmut and Soledar.", "Bakhmut", confidence=0.95),
        mention("Shells fell on Bakhmut and Soledar.", "Soledar", confidence=0.6),
        mention("Shells fell on Bakhmut and Soledar. Moscow", "Moscow", role="actor"),
        mention(
            "Shells fell on Bakhmut and Soledar. Moscow said it held Soledar. Read next: Kharkiv Oblast",
            "Kharkiv Oblast",
            confidence=0.5,
        ),
    ),
    events=(Event(0, 22, "shelling", "bakhmut-donetsk", "unknown", "asserted", "AFP"),),
    scraps=((65, 90),),
    extractor_version="1",
    gazetteer_version="g1",
)
UKRAINIAN = Extraction(
    Article(
        id="uk",
        title="Бої за місто",
        text="Бахмут тримається. Lloyd Austin приїхав. Нове Село горить. Soledar?",
        source="Зразок: Вісник",
        date=Date(2023, 2, 1),
        date_basis="metadata",
        language="uk",
    ),
    (
        dataclasses.replace(mention("Bakhmut", "Bakhmut"), start=0, end=6, text="Бахмут"),
        Mention(25, 31, "Austin", "rejected", "actor", 0.9, "Lloyd Austin is a person"),
        Mention(41, 50, "Нове Село", "unplaced", "location", 0.5, "not in the gazetteer"),
        dataclasses.replace(mention("Soledar", "Soledar", status="ambiguous", confidence=0.4), start=59, end=66),
    ),
)
UNDATED = Extraction(
    Article(id="undated", title='=HYPERLINK("http://x")', text="In Donetsk Oblast, near Bakhmut, quiet. Bakhmut."),
    (
        mention("In Donetsk Oblast", "Donetsk Oblast"),
        mention("In Donetsk Oblast, near Bakhmut", "Bakhmut"),
        dataclasses.replace(mention("Bakhmut", "Bakhmut"), start=40, end=47),
    ),
)
SILENT = Extraction(
    Article(id="silent", title="No place", text="Nothing is named here.", source="Sample: Wire", date=Date(2023, 3, 3)),
    (),
)
FOUR = (AFP, UKRAINIAN, UNDATED, SILENT)
