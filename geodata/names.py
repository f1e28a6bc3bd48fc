"""One fold for building and for looking up: two spellings that `name_key` maps to one key are the same name."""

import re
import unicodedata
from enum import IntEnum


class NameKind(IntEnum):
    """What a name is to its place; stored beside each name in the tries and told in a mention's reason."""

    MAIN = 0  # the name the gazetteer shows
    SPELLING = 1  # the same name in another language, script or romanisation
    ALIAS = 2  # another name in use (short forms, press names, names of self-styled authorities)
    FORMER = 3  # a former or other-side official name
    ABBREVIATION = 4  # matches only when written in capitals: US, UAE, ZNPP
    INFLECTED = 5  # a case form of a Ukrainian or Russian name: Бахмута, Часовому Яру
    ADJECTIVE = 6  # a form of an adjective made of the name; a mention only before напрямок, район, область ...
    LISTED = 7  # a name GeoNames lists that is unlike the main one: translations, old names, districts; weak evidence


_DROPPED = "’'ʼ`´‘′ʹʺ\u02bb\u02ba\"“”„«»\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff."
_SPACES = "-‐‑‒–—−_/\u00a0\u202f\t\r\n"
_LATIN_EXTRA = {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i", "ħ": "h"}


def _fold_table() -> dict[int, str | None]:
    """Single characters after casefold: Latin letters lose their marks, ё reads as е, apostrophes vanish."""
    table: dict[int, str | None] = {}
    for code in [*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)]:
        folded = unicodedata.normalize("NFKD", chr(code).casefold())
        base = "".join(c for c in folded if not unicodedata.combining(c))
        if base and base != chr(code) and base.isascii():
            table[code] = base
    table |= {ord(char): plain for char, plain in _LATIN_EXTRA.items()}
    table[ord("ё")] = "е"
    table |= dict.fromkeys(map(ord, _DROPPED), None)
    table |= dict.fromkeys(map(ord, _SPACES), " ")
    return table


_FOLD = _fold_table()
_MIXED = re.compile(r"[a-z]*[а-яіїєґ]+[a-z][a-zа-яіїєґ]*|[a-z]+[а-яіїєґ][а-яіїєґa-z]*")
_LOOKALIKES = str.maketrans("aeiopcyxkhmtb", "аеіорсухкнмтв")
"""Latin letters typed inside a Cyrillic word ("Укрaїна") read as the Cyrillic ones they look like."""
_SPACE_RUN = re.compile(r" {2,}")


def name_key(name: str) -> str:
    """The key under which `name` is stored and sought.

    NFC, casefold; apostrophes, quotes, full stops, stress marks and invisible characters dropped; hyphens and
    dashes read as spaces; Latin letters without their marks; Cyrillic ё as е; Latin letters inside a Cyrillic word
    as their Cyrillic likes. Runs of spaces become one.
    """
    if name.isascii():
        key = name.lower().translate(_FOLD)
    else:
        # casefold may itself decompose (İ -> i + dot above), hence the second NFC
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        key = "".join(c for c in folded.translate(_FOLD) if not "\u0300" <= c <= "\u036f")
        key = _MIXED.sub(lambda word: word.group().translate(_LOOKALIKES), key)
    return _SPACE_RUN.sub(" ", key).strip()


def is_abbreviation(name: str) -> bool:
    """True for short names in capitals ("US", "U.K.", "ZNPP", "ДНР"), which must not match ordinary words."""
    letters = [c for c in name if c.isalpha()]
    return 1 < len(letters) <= 5 and all(c.isupper() for c in letters) and " " not in name.strip()
