"""Every case form that the build makes of a name leads back to its place when the text names the oblast."""

import csv
import random
from pathlib import Path

import pytest

from extract.pipeline import find_mentions
from extract.tokens import Tokens
from geodata import name_key
from geodata.declension.forms import inflected_forms

THEATRE = Path(__file__).parent.parent.parent / "geodata" / "data" / "theatre.csv"
NAMES = 2_000


def rows():
    with THEATRE.open(encoding="utf-8", newline="") as stream:
        ukrainian = [r for r in csv.DictReader(stream) if r["kind"] in ("city", "town", "village") and r["uk"]]
    return random.Random(4).sample([row for row in ukrainian if row["oblast"].endswith(" Oblast")], NAMES)


@pytest.fixture(scope="module")
def oblasts(gazetteer):
    found = {row["oblast"]: gazetteer.lookup(row["oblast"])[0].place for row in rows()}
    return {name: place.uk for name, place in found.items()}


def has_namesake(gazetteer, form, place_id):
    """Whether the oblast has another place that the form may mean; then naming the oblast decides nothing."""
    region = gazetteer.get(place_id).region
    return any(c.place.region == region and c.place.id != place_id for c in gazetteer.candidates(name_key(form)))


def test_every_form_of_2000_names_resolves_to_its_place(gazetteer, oblasts):
    wrong, asked = [], 0
    for row in rows():
        for form in sorted(inflected_forms(row["uk"], language="uk", kind=row["kind"])):
            if has_namesake(gazetteer, form, row["id"]):
                continue
            text = f"У пункті {form[0].upper() + form[1:]} ({oblasts[row['oblast']]}) пролунав вибух."
            asked += 1
            if row["id"] not in {m.place_id for m in find_mentions(Tokens(text), gazetteer) if m.status == "placed"}:
                wrong.append((row["id"], form))
    assert asked > 3 * NAMES
    assert wrong == []
