"""How names are written: the forms of each place in a few words, and which name of the place each form comes from."""

from collections import defaultdict

import pandas as pd

from dashboard.resources import gazetteer
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import number
from geodata.name_systems import name_system

CHOSEN_SYSTEMS = ("ukrainian", "russian", "former")
"""Systems of `geodata.name_systems` that tell a writer's choice, in the order they are shown."""
FORMS_SHOWN = 3


def merged_forms(forms: pd.DataFrame) -> list[tuple[str, int]]:
    """The forms with their mentions, most frequent first; those that differ only in capitals as the commonest is."""
    counts: dict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for form, mentions in zip(forms["form"], forms["mentions"], strict=True):
        key = form.casefold()
        written.setdefault(key, form)
        counts[key] += int(mentions)
    return sorted(((written[key], count) for key, count in counts.items()), key=lambda row: (-row[1], row[0]))


def written_as(forms: pd.DataFrame) -> dict[str, str]:
    """Place id → its most frequent forms in a few words; `forms` is the answer of `profiles.spellings`."""
    return {place_id: forms_words(group) for place_id, group in forms.groupby("place_id", sort=False)}


def forms_words(forms: pd.DataFrame) -> str:
    """`Bakhmut, Artyomovsk, and 2 more`, as plain text."""
    merged = merged_forms(forms)
    shown = ", ".join(visible(form) for form, _ in merged[:FORMS_SHOWN])
    rest = len(merged) - FORMS_SHOWN
    return shown + t("card.more_forms", number=number(rest)) if rest > 0 else shown


def with_systems(forms: pd.DataFrame) -> pd.DataFrame:
    """The rows of `profiles.spellings` with `system`: a word of `geodata.name_systems.SYSTEMS`."""
    places = gazetteer()
    known = {place_id: places.get(place_id) for place_id in forms["place_id"].unique()}
    systems = [
        name_system(form, known[place_id], places) if known[place_id] else "other"
        for place_id, form in zip(forms["place_id"], forms["form"], strict=True)
    ]
    return forms.assign(system=pd.Series(systems, index=forms.index, dtype="str"))


def choices(forms: pd.DataFrame) -> pd.DataFrame:
    """Mentions by system, a row a place at which a choice of name shows, most such mentions first.

    Columns: place_id, then for each of `CHOSEN_SYSTEMS` its mentions and, as `{system}_forms`, the forms in words.
    `forms` is the answer of `with_systems`.
    """
    rows = []
    telling = forms[forms["system"].isin(CHOSEN_SYSTEMS)]
    for place_id, group in telling.groupby("place_id", sort=False):
        row: dict[str, object] = {"place_id": place_id}
        for system in CHOSEN_SYSTEMS:
            its = group[group["system"] == system]
            row |= {system: int(its["mentions"].sum()), f"{system}_forms": forms_words(its)}
        rows.append(row)
    columns = ["place_id", *(name for system in CHOSEN_SYSTEMS for name in (system, f"{system}_forms"))]
    frame = pd.DataFrame(rows, columns=columns)
    order = frame[list(CHOSEN_SYSTEMS)].sum(axis=1).sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)
