"""Bytes to text: UTF-8, UTF-16, then the code pages told apart by which gives plausible words.

A stated encoding (HTTP, a page's `meta`) is believed only where the bytes allow it: valid UTF-8 is UTF-8, and words in
mixed-up letters are a wrong label.
"""

import codecs
import re
from collections.abc import Sequence

from extract.errors import UnreadableError

_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KINDS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"PAR1", "a Parquet table"),
    (b"\x7fELF", "a program"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_FAMILIAR = re.compile(r"[\t\n\r -~\xa0-\u052f\u2000-\u206f\u20a0-\u20bf\u2116\u2122]")
_UNFAMILIAR = re.compile(r"[^\x00-\x7f\xa0-\u052f\u2000-\u206f\u20a0-\u20bf\u2116\u2122]")
_CYRILLIC_WORD = re.compile(r"[а-яёіїєґўА-ЯЁІЇЄҐЎ]+")
_SWAPPED_CASE = re.compile(r"[а-яёіїєґ][А-ЯЁІЇЄҐ]")
_MOST_CONTROLS = 0.003
_MOST_UNFAMILIAR = 0.1
_CYRILLIC_CODECS = frozenset(["cp1251", "koi8-u", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"])
_TEXT_CODECS = _CYRILLIC_CODECS | {"cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1254", "iso8859-9", "cp1257"}
_LABEL = re.compile(
    rb"""<(?:meta[^<>]{1,200}?charset|\?xml[^<>]{1,100}?encoding)\s*=\s*["']?([A-Za-z0-9_:.-]{2,40})""", re.I
)
_LABELS_WITHIN = 4_096
_WAY_OUT = "save it as UTF-8 text"


def decode(data: bytes, item: str) -> str:
    """The text in `data`, line breaks as they are, without its byte order mark.

    Raises `UnreadableError` naming `item` when the bytes are no text or of an encoding that cannot be told.
    """
    text = data.decode(find_encoding(data, item)).removeprefix("\ufeff")
    _refuse_controls(text, item)
    return text


def find_encoding(data: bytes, item: str, *, streamed: bool = False) -> str:
    """The codec's name for `data`. `streamed`: it is the beginning of a file read piece by piece, may end within a
    letter, and broken UTF-8 is still UTF-8 (whoever reads on tells the broken piece).

    Raises `UnreadableError` naming `item` when it is binary or cannot be told.
    """
    wide = wide_encoding(data, item)
    if wide:
        return _checked(data, wide, item, streamed)
    if b"\x00" in data:
        raise UnreadableError(f"{item} is binary, not text: it holds NUL bytes; {_WAY_OUT}")
    codec = "utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, not streamed)
    except UnicodeDecodeError as error:
        if not (_nearly_utf8(data) or codec == "utf-8-sig"):
            return _code_page(data, item)
        if not streamed:
            raise UnreadableError(
                f"{item} is UTF-8 with broken bytes (the first at byte {error.start}); {_WAY_OUT} again"
            ) from error
    return codec


def wide_encoding(data: bytes, item: str) -> str | None:
    """The codec's name when the bytes are UTF-16 or UTF-32, else None. Raises `UnreadableError` for a file of a known
    binary kind."""
    for magic, kind in _KINDS:
        if data.startswith(magic):
            raise UnreadableError(f"{item} is {kind}, not text; {_WAY_OUT}")
    for mark, codec in _WIDE_MARKS:
        if data.startswith(mark):
            return codec
    return _utf16_without_mark(data) if b"\x00" in data else None


def _checked(data: bytes, codec: str, item: str, streamed: bool) -> str:
    try:
        codecs.getincrementaldecoder(codec)().decode(data, not streamed)
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{item} is {codec.upper()} but broken at byte {error.start}; {_WAY_OUT}") from error
    return codec


def _utf16_without_mark(data: bytes) -> str | None:
    """UTF-16 shows as many NULs in either the even or the odd bytes; anything else with NULs is none."""
    half = max(len(data) // 2, 1)
    shares = {"utf-16-be": data[::2].count(0) / half, "utf-16-le": data[1::2].count(0) / half}
    codec = max(shares, key=lambda name: shares[name])
    # Cyrillic letters have no NUL, the spaces and line breaks between them do
    if shares[codec] < 0.08 or min(shares.values()) > 0.01:
        return None
    text = data[: len(data) // 2 * 2].decode(codec, "replace")
    familiar = len(_FAMILIAR.findall(text))
    return codec if familiar > 0.9 * len(text) and "\x00" not in text else None


def _nearly_utf8(data: bytes) -> bool:
    rest, letters = _UTF8_LETTER.subn(b"", data)
    strays = len(_BEYOND_ASCII.findall(rest))
    return letters >= 3 and strays < letters / 4


def _code_page(data: bytes, item: str) -> str:
    scores = {codec: _score(data, codec) for codec in ("cp1252", "cp1251", "koi8-u")}
    best = max(scores, key=lambda codec: scores[codec])
    if scores[best] < 0 or _mostly_controls(data.decode(best)):
        raise UnreadableError(f"{item} is not text in UTF-8, UTF-16, cp1251, koi8-u or cp1252; {_WAY_OUT}")
    return best


def _score(data: bytes, codec: str) -> float:
    text = _decoded(data, codec)
    # frames and blocks are what one Cyrillic code page looks like when read as another
    if text and len(_UNFAMILIAR.findall(text)) > _MOST_UNFAMILIAR * len(_BEYOND_ASCII.findall(data)):
        return -1.0
    return _plausible(text, cyrillic=codec in _CYRILLIC_CODECS)


def decode_page(data: bytes, item: str, *, labels: Sequence[str] = ()) -> str:
    """The text of a web page or feed whose encoding `labels` state, the most trusted first; labels may be wrong.

    A few bytes that fit nothing come as U+FFFD, as in a browser. Raises `UnreadableError` when it is no text.
    """
    codec = _labelled(data, labels) if not wide_encoding(data, item) else None
    if codec is None:
        known_utf8 = not wide_encoding(data, item) and _nearly_utf8(data)
        codec = "utf-8-sig" if known_utf8 else find_encoding(data, item)
    text = data.decode(codec, "replace").removeprefix("\ufeff")
    _refuse_controls(text, item)
    return text


def page_labels(data: bytes) -> list[str]:
    """The encodings that an HTML page or an XML file states at its beginning."""
    return [match.group(1).decode("ascii") for match in _LABEL.finditer(data[:_LABELS_WITHIN])]


def _labelled(data: bytes, labels: Sequence[str]) -> str | None:
    """The first label the bytes bear out; None when they are UTF-8 or bear out none."""
    if _decoded(data, "utf-8") is not None:
        return "utf-8"
    for label in labels:
        try:
            codec = codecs.lookup(label.strip().strip("\"'")).name
        except (LookupError, ValueError):
            continue
        # what is labelled Latin-1 or ASCII is cp1252 on the web
        codec = "cp1252" if codec in ("iso8859-1", "ascii") else codec
        if codec in _TEXT_CODECS and _decoded(data, codec) is not None and _score(data, codec) >= 0:
            return codec
    return None


def _decoded(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _plausible(text: str | None, *, cyrillic: bool) -> float:
    """How much the letters beyond ASCII look like words: 1 all, 0 none (punctuation only), below 0 nonsense."""
    if text is None:
        return -1.0
    if cyrillic and len(_SWAPPED_CASE.findall(text)) > 0.05 * len(_WORD.findall(text)):
        return -1.0  # as KOI8 looks when read as cp1251
    good = bad = 0
    for word in _WORD.findall(text):
        foreign = sum(c > "\x7f" for c in word)
        if not foreign:
            continue
        if cyrillic:
            fits = _CYRILLIC_WORD.fullmatch(word) is not None and (len(word) > 1 or word.lower() in "аівуяоикзсєї")
        else:
            # two thirds of any Western word are plain letters; a lone à or É is one too
            fits = foreign * 3 <= len(word) + 1 or word.lower() in ("à", "é", "è", "ó", "ö", "å", "ñ")
        good, bad = (good + foreign, bad) if fits else (good, bad + foreign)
    if not good + bad:
        return 0.0
    share = (good - bad) / (good + bad)
    return share if share > 0 else -1.0


def _mostly_controls(text: str) -> bool:
    return len(_CONTROL.findall(text)) > max(2, _MOST_CONTROLS * len(text))


def _refuse_controls(text: str, item: str) -> None:
    if "\x00" in text or _mostly_controls(text):
        raise UnreadableError(f"{item} is binary, not text: it is full of control characters; {_WAY_OUT}")
