"""How names are written: the forms of each place in a few words, and which name of the place each form comes from."""

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from corpus import CorpusIndex, MentionFilter, profiles
from dashboard.resources import gazetteer
from dashboard.safe import visible
from dashboard.texts import t
from dashboard.words import number
from geodata.name_systems import name_system

CHOSEN_SYSTEMS = ("ukrainian", "russian", "former")
"""Systems of `geodata.name_systems` that tell a writer's choice, in the order they are shown."""
FORMS_SHOWN = 3


def merged_forms(forms: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Forms with their mentions, most frequent first; those that differ only in capitals as the first given is."""
    counts: dict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for form, mentions in forms:
        key = form.casefold()
        written.setdefault(key, form)
        counts[key] += mentions
    return sorted(((written[key], count) for key, count in counts.items()), key=lambda row: (-row[1], row[0]))


def forms_words(forms: Iterable[tuple[str, int]]) -> str:
    """`Bakhmut, Artyomovsk, and 2 more`, as plain text."""
    merged = merged_forms(forms)
    shown = ", ".join(visible(form) for form, _ in merged[:FORMS_SHOWN])
    rest = len(merged) - FORMS_SHOWN
    return shown + t("card.more_forms", number=number(rest)) if rest > 0 else shown


def written_as(index: CorpusIndex, asked: MentionFilter) -> dict[str, list[tuple[str, int]]]:
    """Place id → the forms of its name with their mentions, most frequent first; a question for `Desk.profile`."""
    forms = profiles.spellings(index, asked)
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for place_id, form, mentions in zip(forms["place_id"], forms["form"], forms["mentions"].tolist(), strict=True):
        found[place_id].append((form, mentions))
    return dict(found)


def spelled(index: CorpusIndex, asked: MentionFilter, **columns: bool) -> pd.DataFrame:
    """`profiles.spellings`, with the `columns` it offers and `system`: a word of `geodata.name_systems.SYSTEMS`; a
    question for `Desk.profile`."""
    return with_systems(profiles.spellings(index, asked, **columns))


def with_systems(forms: pd.DataFrame) -> pd.DataFrame:
    """The rows with the column `system`."""
    places = gazetteer()
    known = {place_id: places.get(place_id) for place_id in forms["place_id"].unique()}
    told: dict[tuple[str, str], str] = {}
    pairs = list(zip(forms["place_id"], forms["form"], strict=True))
    for pair in dict.fromkeys(pairs):
        place = known[pair[0]]
        told[pair] = name_system(pair[1], place, places) if place else "other"
    return forms.assign(system=pd.Series([told[pair] for pair in pairs], index=forms.index, dtype="str"))


def choices(forms: pd.DataFrame, by: str = "place_id") -> pd.DataFrame:
    """Mentions by system, a row a place (or, `by` "source", a source) at which a choice of name shows, most such
    mentions first.

    Columns: `by`, then for each of `CHOSEN_SYSTEMS` its mentions and, as `{system}_forms`, the forms in words. `forms`
    is the answer of `spelled`.
    """
    found: dict[str, dict[str, list[tuple[str, int]]]] = {}
    telling = forms[forms["system"].isin(CHOSEN_SYSTEMS)]
    columns = (telling[by], telling["system"], telling["form"], telling["mentions"].tolist())
    for subject, system, form, mentions in zip(*columns, strict=True):
        found.setdefault(subject, {name: [] for name in CHOSEN_SYSTEMS})[system].append((form, mentions))
    sums = {
        subject: {system: sum(mentions for _, mentions in its) for system, its in systems.items()}
        for subject, systems in found.items()
    }
    rows = [
        {by: subject} | sums[subject] | {f"{system}_forms": forms_words(its) for system, its in found[subject].items()}
        for subject in sorted(found, key=lambda subject: -sum(sums[subject].values()))
    ]
    return pd.DataFrame(rows, columns=[by, *(n for system in CHOSEN_SYSTEMS for n in (system, f"{system}_forms"))])
