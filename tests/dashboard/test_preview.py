"""The preview of what waits to be added: what a person changes in it, and the way out as a file."""

import dataclasses
import io
from datetime import date as Date
from pathlib import Path

import pandas as pd

from corpus import Corpus
from corpus.alike import Standing
from dashboard.add.incoming import READERS
from dashboard.add.preview import DATE, SOURCE, TITLE, WANTED, Waiting, edited, json_lines, preview_frame, wait_for
from extract.readers import ReadOptions
from tests.small_corpus import HOSTILE, build, three_articles


def waiting() -> list[Waiting]:
    return [Waiting(extraction, Standing("new")) for extraction in three_articles()]


def change(name: str, value: object, *, row: int = 0) -> Waiting:
    shown = preview_frame(waiting())
    frame = shown.copy()
    frame.at[row, name] = value
    return edited(waiting(), shown, frame)[row]


def test_an_untouched_table_changes_nothing_even_where_unseen_characters_are_left_out() -> None:
    first = three_articles()[0]
    hostile = dataclasses.replace(first.article, title="\u202eA\x00", source="\ufeffB", date=Date(2023, 1, 2))
    before = [Waiting(dataclasses.replace(first, article=hostile), Standing("new")), *waiting()]
    shown = preview_frame(before)
    assert list(shown[TITLE])[0] == "A"
    assert edited(before, shown, shown.copy()) == before


def test_a_changed_date_says_so_and_keeps_what_was_read() -> None:
    changed = change(DATE, pd.Timestamp("2022-05-06"))
    assert changed.article.date == Date(2022, 5, 6)
    assert changed.article.date_basis == "corrected"
    assert changed.extraction.notes == ("date set by hand on adding: 2022-05-06 (read as: 2023-01-20)",)


def test_a_cleared_date_is_undated_by_hand() -> None:
    changed = change(DATE, pd.NaT)
    assert (changed.article.date, changed.article.date_basis) == (None, "corrected")


def test_a_changed_source_leaves_text_and_mentions_as_they_were() -> None:
    changed, first = change(SOURCE, "  East\u202e  Wire "), three_articles()[0]
    assert changed.article.source == "East Wire"
    assert (changed.article.text, changed.extraction.mentions) == (first.article.text, first.mentions)


def test_an_unticked_row_stays_and_is_not_wanted() -> None:
    changed = change(WANTED, False, row=2)
    assert not changed.wanted
    assert changed.extraction == three_articles()[2]


def test_a_removed_article_is_told_and_not_wanted(tmp_path: Path) -> None:
    corpus = Corpus(build(tmp_path / "c", three_articles()))
    corpus.remove([three_articles()[0].article.article_id])
    found = wait_for(corpus, three_articles())
    assert [one.standing.state for one in found] == ["removed", "there", "there"]
    assert not any(one.wanted for one in found)


def test_hostile_articles_come_back_from_the_downloaded_lines() -> None:
    articles = [
        dataclasses.replace(
            three_articles()[0].article, id=str(number), text=f"{payload}\n\ud800", title=payload.strip()
        )
        for number, payload in enumerate(HOSTILE)
    ]
    data = json_lines(articles)
    read = list(READERS[".jsonl"](io.BytesIO(data), item="x.jsonl", options=ReadOptions()))
    assert data.isascii()
    assert [article.text for article in read] == [article.text for article in articles]
    assert [(article.source, article.date) for article in read] == [("North Desk", Date(2023, 1, 20))] * len(HOSTILE)
