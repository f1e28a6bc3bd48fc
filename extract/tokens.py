"""Words, sentences and lines of a text, with code point offsets into the text as it stands."""

import re
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from operator import add

from geodata import name_key

_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f\u00ad]+[^\W\d_]*)*"
_WORD = re.compile(rf"((?:[A-Za-z]\.){{2,}}|{_LETTERS}(?:['’ʼ`´]{_LETTERS})*|\d+(?:[.,:]\d+)*)")
_SENTENCE_END = re.compile(
    r"[.!?…]+[”\"’'»)\]]*\s+(?=[“\"‘'«(\[—–-]*\s*[^\W\d_a-zа-яіїєґё]|[“\"‘'«(\[]*\d)|\n\s*\n|\n(?=\s*\S)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Sen|Rep|Gov|Rev|St|Mt|Ft|Jr|Sr|vs|approx|No|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|Inc|Co|Corp|Ltd|D|ул|им|обл|тыс|млн|млрд|смт|с|м|г|р|ім|вул|тис|н\.п|пос)"
    r"|\b[^\W\d_])\.\s+$"
)
_LINE_END = re.compile(r"\n")
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
    `possessive`, `gaps` (what stands between a token, with its possessive ending, and the next one or the text's end).
    """

    def __init__(self, text: str):
        self.text = text
        # one pass: what lies between the words, the words, and again
        parts = _WORD.split(text)
        self.gaps: list[str] = parts[2::2]
        self.starts = list(accumulate(map(len, parts)))[:-1:2]
        columns = [list(column) for column in zip(*map(_READ.__getitem__, parts[1::2]), strict=True)]
        self.words, self.keys, self.cases, self.possessive = columns or ([], [], [], [])
        self.ends = list(map(add, self.starts, map(len, self.words)))

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def capitals(self) -> list[int]:
        """Numbers of the tokens written with a capital: the few that can be names."""
        return [i for i, case in enumerate(self.cases) if case]

    def opens_sentence(self, i: int) -> bool:
        """Whether token `i` opens a sentence, a line, a quotation or a clause after a colon."""
        if i == 0:
            return True
        gap = self.gaps[i - 1]
        if gap == " ":
            return False
        if "\n" in gap:
            return True
        if "." in gap and not any(c in gap for c in "!?…"):
            return self.keys[i - 1] not in _NO_STOP and len(self.words[i - 1]) > 1
        return any(c in gap for c in '!?…:“"«•')

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.start() for match in _LINE_END.finditer(self.text)]

    def line(self, i: int) -> int:
        """Number of the line that token `i` stands on."""
        return bisect_left(self._line_ends, self.starts[i])

    def on_line(self, line: int) -> range:
        """The tokens that stand on a line."""
        ends = self._line_ends
        first = bisect_left(self.starts, ends[line - 1]) if line else 0
        return range(first, bisect_left(self.starts, ends[line]) if line < len(ends) else len(self.starts))


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
