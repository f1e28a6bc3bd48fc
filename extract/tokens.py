"""Words, sentences and lines of a text, with code point offsets into the text as it stands."""

import re
from functools import cached_property

from geodata import name_key

_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad])"
_WORD = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|[^\W\d_]{_LETTER}*(?:['’ʼ`´]{_LETTER}+)*|\d+(?:[.,:]\d+)*",
)
_SENTENCE_END = re.compile(
    r"[.!?…]+[”\"’'»)\]]*\s+(?=[“\"‘'«(\[—–-]*\s*[^\W\d_a-zа-яіїєґё]|[“\"‘'«(\[]*\d)|\n\s*\n|\n(?=\s*\S)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Sen|Rep|Gov|Rev|St|Mt|Ft|Jr|Sr|vs|approx|No|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Inc|Co|Corp|Ltd|D|ул|им|обл|тыс|млн|млрд|смт|с|м|г|р|ім|вул|тис|н\.п|пос)"
    r"|\b[^\W\d_])\.\s+$"
)
LOWER, TITLE, UPPER = 0, 1, 2


def word_case(word: str) -> int:
    """LOWER, TITLE (first letter capital) or UPPER (two letters or more, all capitals)."""
    if not word[0].isupper():
        return LOWER
    return UPPER if len(word) > 1 and word.isupper() else TITLE


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence; lines end sentences, abbreviations and initials do not."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        if "\n" not in match.group() and _ABBREVIATED.search(text, max(start, match.start() - 12), match.end()):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trim(text, *span))[0] < trimmed[1]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


_REACH = 1_500


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around the span (start, end): its own offsets. Looks at most 1,500 code points either side."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    for first, last in sentence_spans(text[low:high]):
        if first + low <= start < last + low:
            return first + low, max(last + low, end)
    return start, end


class Tokens:
    """The words and numbers of a text in order.

    Parallel lists: `starts`, `ends` (without a possessive 's), `words`, `keys` (folded by `name_key`), `cases`,
    `possessive`. `gap(i)` is what stands between token i and the next one.
    """

    def __init__(self, text: str):
        spans = [match.span() for match in _WORD.finditer(text)]
        read = [_READ[text[start:end]] for start, end in spans]
        self.text = text
        self.starts = [start for start, _ in spans]
        self.words = [word for word, _, _, _ in read]
        self.ends = [start + len(word) for start, word in zip(self.starts, self.words, strict=True)]
        self.keys = [key for _, key, _, _ in read]
        self.cases = [case for _, _, case, _ in read]
        self.possessive = [own for _, _, _, own in read]

    def __len__(self) -> int:
        return len(self.words)

    def gap(self, i: int) -> str:
        """The text between token `i` (with its possessive ending) and the next token, or the text's end."""
        start = self.ends[i] + (2 if self.possessive[i] else 0)
        return self.text[start : self.starts[i + 1]] if i + 1 < len(self.starts) else self.text[start:]

    @cached_property
    def gaps(self) -> list[str]:
        """`gap(i)` of every token."""
        text, starts, last = self.text, self.starts, len(self.starts) - 1
        return [
            text[end + (2 if own else 0) : starts[i + 1] if i < last else len(text)]
            for i, (end, own) in enumerate(zip(self.ends, self.possessive, strict=True))
        ]

    @cached_property
    def sentence_starts(self) -> list[bool]:
        """Whether each token opens a sentence, a line, a quotation or a clause after a colon."""
        opens, keys = [True], self.keys
        for i, gap in enumerate(self.gaps[:-1]):
            if gap == " ":
                opens.append(False)
            elif "\n" in gap:
                opens.append(True)
            elif "." in gap and not any(c in gap for c in "!?…"):
                opens.append(keys[i] not in _NO_STOP and len(self.words[i]) > 1)
            else:
                opens.append(any(c in gap for c in '!?…:“"«•'))
        return opens[: len(keys)]

    @cached_property
    def lines(self) -> list[int]:
        """Number of the line each token stands on."""
        numbers, line = [], 0
        for gap in ("", *self.gaps[:-1]):
            line += gap.count("\n")
            numbers.append(line)
        return numbers[: len(self.keys)]


class _Reader(dict):
    """Token as written -> (word without a possessive 's, its key, its case, whether it had one); remembers them."""

    def __missing__(self, token: str) -> tuple[str, str, int, bool]:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        own = len(token) > 2 and token[-2] in "'’ʼ" and token[-1] in "sS"
        word = token[:-2] if own else token
        self[token] = read = (word, name_key(word), word_case(word), own)
        return read


_READ = _Reader()
_MOST_REMEMBERED = 200_000
_NO_STOP = frozenset(
    """
    mr mrs ms dr prof gen lt col maj capt sgt cpl adm sen rep gov rev st mt ft jr sr vs no jan feb mar apr jun
    jul aug sep sept oct nov dec inc co corp ltd обл тыс тис млн смт с м г р ім им вул ул пос нп
""".split()
)
