"""Two copies of a story sentence by sentence: what both say, what one changed, left out or added.

Differences are told by signs and lines as well as by colour. All HTML is safe.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from dashboard.safe import safe_text
from dashboard.texts import t
from extract.tokens import sentence_spans

MOST_CHARACTERS = 60_000
"""Of each text so much is compared; longer ones say so."""
_ALIKE = 0.45
_WORDS = re.compile(r"\s+|[\w’'-]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of each copy that belong together, or one alone (the other empty). `kind`: `same`, `changed`,
    `left` (only in the first), `right` (only in the second)."""

    kind: str
    left: str
    right: str


def sentences(text: str) -> list[str]:
    """The sentences of a text, white space as single spaces."""
    found = (" ".join(text[first:last].split()) for first, last in sentence_spans(text[:MOST_CHARACTERS]))
    return [sentence for sentence in found if sentence]


def aligned(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The sentences of two copies in order, each beside its like. Case and quotation marks make no difference."""
    keys = [[_key(sentence) for sentence in side] for side in (left, right)]
    pairs: list[Pair] = []
    for operation, a, b, c, d in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if operation == "equal":
            pairs += [Pair("same", one, other) for one, other in zip(left[a:b], right[c:d], strict=True)]
        else:
            pairs += _matched(left[a:b], right[c:d])
    return pairs


def _key(sentence: str) -> str:
    return sentence.casefold().translate(_QUOTES)


_QUOTES = str.maketrans("“”„«»‘’ʼ", '"""""\'\'\'')


def _matched(left: Sequence[str], right: Sequence[str]) -> Iterator[Pair]:
    """Sentences between two that are the same: in order, those enough alike as one changed sentence."""
    done = 0
    for sentence in left:
        found = next((at for at in range(done, len(right)) if _are_alike(sentence, right[at])), None)
        if found is None:
            yield Pair("left", sentence, "")
            continue
        yield from (Pair("right", "", added) for added in right[done:found])
        yield Pair("changed", sentence, right[found])
        done = found + 1
    yield from (Pair("right", "", added) for added in right[done:])


def _are_alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one.casefold().split(), other.casefold().split(), autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def likeness(pairs: Sequence[Pair]) -> tuple[int, int, int, int]:
    """How many sentences are the same, changed, only in the first, only in the second."""
    kinds = [pair.kind for pair in pairs]
    return kinds.count("same"), kinds.count("changed"), kinds.count("left"), kinds.count("right")


def compare_html(pairs: Sequence[Pair], heads: tuple[str, str]) -> str:
    """A table of the pairs; `heads` are the two columns' headings as safe HTML."""
    rows = "".join(_row_html(pair) for pair in pairs)
    head = "".join(f'<th scope="col">{head}</th>' for head in heads)
    return f'<table class="dl-compare"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _row_html(pair: Pair) -> str:
    if pair.kind == "changed":
        left, right = _changed_html(pair.left, pair.right)
    else:
        left = _only("del", pair.left) if pair.kind == "left" else safe_text(pair.left)
        right = _only("ins", pair.right) if pair.kind == "right" else safe_text(pair.right)
    return f'<tr class="dl-{pair.kind}"><td>{left}</td><td>{right}</td></tr>'


def _only(tag: str, text: str) -> str:
    word = t("story.only_left") if tag == "del" else t("story.only_right")
    return f'<span class="dl-only">{word}</span> <{tag}>{safe_text(text)}</{tag}>'


def _changed_html(left: str, right: str) -> tuple[str, str]:
    """Both sentences with the words marked that the other does not have."""
    one, other = _WORDS.findall(left), _WORDS.findall(right)
    folded = [[word.casefold() for word in words] for words in (one, other)]
    parts: tuple[list[str], list[str]] = ([], [])
    for operation, a, b, c, d in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        for side, tag, words in ((parts[0], "del", one[a:b]), (parts[1], "ins", other[c:d])):
            text = safe_text("".join(words))
            side.append(text if operation == "equal" or not text.strip() else f"<{tag}>{text}</{tag}>")
    return "".join(parts[0]), "".join(parts[1])
