"""Sentences as the index answers them, made ready for quoting: the mention in a row, and the part of a long sentence
that is around it."""

from collections.abc import Mapping
from typing import Any

from extract.types import Mention

LONGEST = 600
"""Code points of a sentence that are quoted; more would be a paragraph that lost its full stops."""


def mention_of(row: Mapping[str, Any], place_id: str | None = None) -> Mention:
    """The mention that a row of `CorpusIndex.evidence` or of a review queue tells of."""
    return Mention(
        start=int(row["start"]),
        end=int(row["end"]),
        text=row["text"],
        status=row["status"],
        role=row["role"],
        confidence=float(row["confidence"]),
        reason=row["reason"],
        place_id=place_id,
    )


def shortened(sentence: str, start: int, mention: Mention) -> tuple[str, int]:
    """The sentence, or of a very long one what is around the mention, and where that begins in the article."""
    if len(sentence) <= LONGEST:
        return sentence, start
    first = max(0, mention.start - start - LONGEST // 2)
    return sentence[first : first + LONGEST], start + first
