"""The brief's sentences: for each of the most written about places the newest mentions, with where each is from."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from corpus.exports.brief_words import Words
from corpus.exports.markup import html_text, web_address
from corpus.filter import MentionFilter
from corpus.index import CorpusIndex

MOST_PLACES = 60
MOST_SENTENCES = 5
LONGEST_SENTENCE = 600


def evidence_html(index: CorpusIndex, f: MentionFilter, words: Words, places: pd.DataFrame) -> Iterator[str]:
    """A section a place, the most counted of `places` first; says how much is left out."""
    shown = places.head(MOST_PLACES)
    yield f"<h2>{words('evidence')}</h2>"
    if len(places) > len(shown) or int(shown["mentions"].max()) > MOST_SENTENCES:
        cut = words("evidence_cut", places=words.number(len(shown)), most=words.number(MOST_SENTENCES))
        yield f'<p class="quiet">{cut}</p>'
    for number, place in enumerate(shown.itertuples(index=False)):
        told = index.evidence(f, place.place_id, limit=MOST_SENTENCES)
        mentions = int(place.mentions)
        key = "some_of" if mentions > len(told) else "all_of"
        figures = words(key, shown=words.number(len(told)), number=words.number(mentions))
        items = "".join(_told(row, words) for row in told.itertuples(index=False))
        yield f'<h3 id="place{number}">{html_text(place.name)}</h3><p class="quiet">{figures}</p>{items}'


def _told(row: Any, words: Words) -> str:
    tags = [row.role] * (row.role == "actor") + [row.status] * (row.status != "placed")
    shown = "".join(f' <span class="tag">{words(tag)}</span>' for tag in tags)
    origin = f"{html_text(row.source) or words('unknown_source')}, {words.day(row.date)}"
    return (
        f'<div class="told"><blockquote>{_sentence(row)}</blockquote><p>{origin}. {_title(row, words)}{shown}</p>'
        f'<p class="quiet">{words("reason")} {html_text(row.reason)}</p></div>'
    )


def _sentence(row: Any) -> str:
    """The sentence with the name marked; of a very long one the part around the name."""
    text, start = row.sentence, row.start - row.sentence_start
    end = row.end - row.sentence_start
    first = (
        max(0, min(start - LONGEST_SENTENCE // 2, len(text) - LONGEST_SENTENCE)) if len(text) > LONGEST_SENTENCE else 0
    )
    last = min(len(text), max(first + LONGEST_SENTENCE, end))
    before, name, after = text[first:start], text[start:end], text[end:last]
    return (
        f"{'… ' if first else ''}{html_text(before)}<mark>{html_text(name)}</mark>{html_text(after)}"
        f"{' …' if last < len(text) else ''}"
    )


def _title(row: Any, words: Words) -> str:
    title, address = html_text(row.title) or words("untitled"), web_address(row.url)
    if not address:
        return title
    return f'<a href="{html_text(address)}" rel="noopener noreferrer nofollow" target="_blank">{title}</a>'
