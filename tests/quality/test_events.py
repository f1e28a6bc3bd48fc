"""Events: precision and recall on the project's own sentences, recall on the seed articles where they are present."""

from collections import Counter
from pathlib import Path

import pytest

from extract.evaluate import read_lines
from extract.pipeline import Extractor
from extract.types import Article
from geodata import open_gazetteer

SHARED = Path(__file__).parent.parent.parent.parent / "shared"
SENTENCES = Path(__file__).parent / "gold" / "event_sentences.jsonl"
FLOOR = 0.95
SEED_FLOOR = 0.9


@pytest.fixture(scope="module")
def extractor():
    return Extractor(open_gazetteer())


@pytest.fixture(scope="module")
def scored(extractor):
    """(line, wanted keys, found keys) of every gold sentence; a key is kind, place, side, modality, speaker."""
    rows = []
    for line in read_lines(SENTENCES):
        events = extractor.extract(Article(id="s", text=line["text"])).events
        wanted = {(e["kind"], e["place"], e["side"], e["modality"], e.get("attributed_to", "")) for e in line["events"]}
        rows.append((line, wanted, {(e.kind, e.place_id, e.side, e.modality, e.attributed_to) for e in events}))
    return rows


def disagreements(rows):
    return "\n".join(
        f"{line['text']}\n  missed {wanted - found}\n  extra {found - wanted}"
        for line, wanted, found in rows
        if wanted != found
    )


def test_the_gold_set_is_large_enough_and_in_three_languages(scored):
    languages = Counter(line["language"] for line, _, _ in scored)
    assert sum(languages.values()) >= 150
    assert min(languages["en"], languages["uk"], languages["ru"]) >= 35


def test_precision_on_the_gold_sentences(scored):
    found = sum(len(found) for _, _, found in scored)
    right = sum(len(found & wanted) for _, wanted, found in scored)
    assert right / found >= FLOOR, disagreements(scored)


def test_recall_on_the_gold_sentences(scored):
    wanted = sum(len(wanted) for _, wanted, _ in scored)
    right = sum(len(found & wanted) for _, wanted, found in scored)
    assert right / wanted >= FLOOR, disagreements(scored)


def test_recall_on_the_seed_articles(extractor):
    path = SHARED / "gold" / "seed_events.jsonl"
    if not path.exists():
        pytest.skip("the seed articles' events are not beside the project")
    missed, wanted = [], 0
    for line in read_lines(path):
        text = (SHARED / "seeds" / line["id"]).read_text(encoding="utf-8")
        events = extractor.extract(Article(id=line["id"], text=text)).events
        for event in line["events"]:
            wanted += 1
            places = {c.place.id for c in extractor.gazetteer.lookup(event["place"])}
            given = [key for key in ("kind", "side", "modality", "attributed_to") if key in event]
            if not any(e.place_id in places and all(getattr(e, k) == event[k] for k in given) for e in events):
                missed.append((line["id"], event))
    assert len(missed) <= (1 - SEED_FLOOR) * wanted, missed
