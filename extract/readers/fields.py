"""Names of columns and keys: which of a table's or an object's hold the text, the title, the source and so on."""

import re
from functools import lru_cache

from extract.errors import UnreadableError
from extract.readers.base import ReadOptions

# Names of columns and keys in the order of trust, written by `field_key`.
FIELD_NAMES: dict[str, tuple[str, ...]] = {
    "text": tuple(
        """text fulltext articletext articlebody bodytext body maintext content contenttext article story message
        текст тіло тело стаття статья зміст содержание контент повнийтекст полныйтекст""".split()
    ),
    "title": tuple("title headline heading header subject заголовок назва название тема".split()),
    "source": tuple(
        """source outlet publisher publication sourcename newspaper sitename site media agency feed
        джерело видання источник издание змі сми""".split()
    ),
    "date": tuple(
        """date published publishedat publisheddate publishdate publicationdate datepublished pubdate
        dateofpublication datetime timestamp created createdat time дата датапублікації датапубликации
        опубліковано опубликовано""".split()
    ),
    "url": tuple("url link href weburl canonicalurl permalink sourceurl articleurl посилання ссылка адреса".split()),
    "id": tuple("id articleid docid documentid guid uuid".split()),
    "language": tuple("language lang мова язык".split()),
    "retrieved": tuple(
        """retrieved retrievedat retrievaldate dateretrieved accessed accessedat accessdate dateaccessed crawled
        crawledat crawldate scraped scrapedat fetched fetchedat downloaded downloadedat collectedat archived archivedat
        датазавантаження датадоступу датазагрузки датадоступа""".split()
    ),
}
STATABLE = ("text", "title", "source", "date", "url", "id")
"""Fields whose column a person may name; see `ReadOptions`."""

# what names a field within a longer name: in English the last word ("news text"), else the first ("текст статті")
_HEADS = {
    "text": frozenset("text body content текст".split()),
    "title": frozenset("title headline заголовок назва название".split()),
    "source": frozenset("source outlet publisher publication джерело видання источник издание".split()),
    "date": frozenset("date published дата".split()),
    "url": frozenset("url link посилання ссылка".split()),
}
# words of columns that tell of something else than the article
_OF_SOMETHING_ELSE = frozenset(
    """updated update modified change changed edited created expiry end start birth event image photo picture author alt
    short meta video file оновлення зміни обновления изменения події события""".split()
)
_NAME_PART = re.compile(r"[A-ZА-ЯЁІЇЄҐ]*[a-zа-яёіїєґ]+|[A-ZА-ЯЁІЇЄҐ]+|\d+")


def field_key(name: str) -> str:
    """A column's name without case, spaces, hyphens and underscores: "Full Text" and "full_text" are one."""
    return "".join(c for c in name.casefold() if c not in " \t\u00a0_-.:\ufeff")


def columns_for(names: list[str], options: ReadOptions) -> dict[str, list[str]]:
    """For each field the names among `names` that may hold it, best first; a stated column is the only one.

    Raises `UnreadableError` when a stated column is not there.
    """
    return _columns_for(tuple(names), options)


# every line of JSON asks again, mostly with the same keys
@lru_cache(maxsize=256)
def _columns_for(names: tuple[str, ...], options: ReadOptions) -> dict[str, list[str]]:
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(field_key(name), name)
    chosen: dict[str, list[str]] = {}
    for field_name, known in FIELD_NAMES.items():
        stated = options.column(field_name)
        if stated is None:
            chosen[field_name] = [by_key[key] for key in known if key in by_key] or _by_head(names, field_name)
        elif stated in names or field_key(stated) in by_key:
            chosen[field_name] = [stated if stated in names else by_key[field_key(stated)]]
        else:
            raise UnreadableError(f"no column {stated!r}: found {listed(list(names))}; correct --{field_name}-column")
    return chosen


def _by_head(names: tuple[str, ...], field_name: str) -> list[str]:
    """The one column whose name is a longer one for the field; none when several are, or when it says otherwise."""
    heads, retrieved = _HEADS.get(field_name, frozenset()), FIELD_NAMES["retrieved"]
    found = []
    for name in names:
        words = [word.casefold() for word in _NAME_PART.findall(name)]
        head = words and (words[0] if words[0][0] > "z" else words[-1])
        if head in heads and _OF_SOMETHING_ELSE.isdisjoint(words) and field_key(name) not in retrieved:
            found.append(name)
    return found if len(found) == 1 else []


def listed(names: list[str]) -> str:
    """Column names for a message, the first twenty, each cut to forty characters."""
    shown = ["columns " + ", ".join(name[:40] or '""' for name in names[:20])] if names else ["no columns"]
    return "".join(shown) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
