"""Ukrainian and Russian names of the world layer's places, for showing: only where they are certain.

GeoNames' alternate names do not say which language they are in. A Cyrillic one is taken for Ukrainian or Russian where
its letters, the other names beside it and, in Ukraine, the official romanisation leave no doubt; capitals, large cities
and those often reported on are in `data/world_names.csv`. What is found in texts is no part of this.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

from geodata.errors import GazetteerBuildError
from geodata.names import name_key
from geodata.translit import ukrainian_spellings

TABLE = "world_names.csv"
_COLUMNS = ["id", "name", "country", "uk", "ru", "source"]
_CYRILLIC = re.compile("[а-яіїєґыэёъў'’ʼ -]+", re.IGNORECASE)
_UKRAINIAN = re.compile("[іїєґ'’ʼ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэёъ]", re.IGNORECASE)
# ї after a consonant is Rusyn, ў Belarusian; the others' letters are sorted out before.
_NEITHER = re.compile("ў|[бвгґджзклмнпрстфхцчшщ]ї", re.IGNORECASE)
_SOFT = re.compile("[сцз]ьк")
# What the two languages write apart: a name without these may be the same in both.
_APART = re.compile(r"[иыэёъ]|(?:^|[ -])е|[аеиоуюяь]е|ь[юя]|[сц]ь?к(?:[ -]|$)|е$", re.IGNORECASE)
# Ukrainian adjectives are shorter than Russian ones: Чорна, Чёрная.
_ADJECTIVE = re.compile("[нр]а[ -]|н[ая]$", re.IGNORECASE)
_FOLD = str.maketrans({"і": "и", "ї": "и", "є": "е", "ґ": "г", "ы": "и", "э": "е", "ё": "е", "ь": "", "ъ": "", "'": ""})


def read_names(folder: Path) -> dict[str, tuple[str, str]]:
    """Place id → its Ukrainian and Russian name, from the table in `folder`.

    Raises `GazetteerBuildError` for other columns, an id twice or a name that is missing or not Cyrillic.
    """
    path = folder / TABLE
    found: dict[str, tuple[str, str]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if reader.fieldnames != _COLUMNS:
            raise GazetteerBuildError(f"{path.name}: columns are {reader.fieldnames}, wanted {_COLUMNS}")
        for row in reader:
            uk, ru = row["uk"] or "", row["ru"] or ""
            good = re.search("[а-яієї]", uk, re.IGNORECASE) and re.search("[а-я]", ru, re.IGNORECASE)
            if row["id"] in found or not good:
                where = f"{path.name} line {reader.line_num}"
                raise GazetteerBuildError(f"{where}: {row['id']!r} is there twice or lacks a name")
            found[row["id"]] = uk, ru
    return found


def certain_names(main: str, country: str, spellings: Iterable[str]) -> tuple[str, str]:
    """The Ukrainian and the Russian name of the place called `main` in `country` (ISO 3166-1 alpha-2), each empty
    unless it is certain; `spellings` are its names in any script."""
    forms = [form for form in dict.fromkeys(spellings) if _CYRILLIC.fullmatch(form) and not _NEITHER.search(form)]
    return _in_ukraine(main, forms) if country == "UA" else _abroad(forms)


def _in_ukraine(main: str, forms: list[str]) -> tuple[str, str]:
    """The main name there is the Ukrainian one romanised; the only name without Ukrainian letters is Russian."""
    key = name_key(main)
    romanised = [
        form
        for form in forms
        if not _RUSSIAN.search(form) and key in {name_key(spelling) for spelling in ukrainian_spellings(form)}
    ]
    by_letter = [form for form in romanised if _UKRAINIAN.search(form)]
    soft = [form for form in romanised if _SOFT.search(form)]
    uk = next((only for group in (by_letter, soft, romanised) if (only := _only(group))), "")
    ru = _only([form for form in forms if not _UKRAINIAN.search(form) and not _SOFT.search(form)])
    return uk, "" if ru == uk and (_APART.search(ru) or _ADJECTIVE.search(ru)) else ru


def _abroad(forms: list[str]) -> tuple[str, str]:
    """A name with Ukrainian letters beside the Russian one that differs in just these; or one that both share."""
    sure = [form for form in forms if _UKRAINIAN.search(form) and not _RUSSIAN.search(form)]
    others = [form for form in forms if not _UKRAINIAN.search(form)]
    uk = _only(sure)
    if uk:
        ru = _only([form for form in others if _folded(form) == _folded(uk)])
        return (uk, ru) if ru else ("", "")
    same = _only(others) if len(forms) == 1 else ""
    return (same, same) if same and not _APART.search(same) else ("", "")


def _only(forms: list[str]) -> str:
    """The one name that all of `forms` are, if they are one."""
    return forms[0] if len({name_key(form) for form in forms}) == 1 else ""


def _folded(form: str) -> str:
    return name_key(form).translate(_FOLD)
