"""Extractions as columns: what is stored is what row by row would store, whatever the texts hold."""

import dataclasses
import pickle
from datetime import UTC, datetime

import pytest

from corpus.columns import extraction_table, with_added_at
from corpus.prepared import AT_ONCE, PreparedChunk, all_prepared, head_of, joined, prepare
from corpus.schema import to_row, to_table
from extract.types import Article
from tests.corpus.corpus_samples import FOUR, plain
from tests.corpus.story_samples import DAY

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def rows(extractions):
    return with_added_at(extraction_table(extractions), NOW).to_pylist()


def test_columns_hold_what_rows_hold():
    assert rows(FOUR) == to_table([to_row(extraction, NOW) for extraction in FOUR]).to_pylist()


def test_no_extraction_is_no_row():
    assert rows([]) == []


def test_half_a_surrogate_pair_is_stored_as_before():
    broken = dataclasses.replace(plain(1), notes=("half \ud83d of a pair",))
    assert rows([FOUR[0], broken])[1]["notes"] == ["half \ufffd of a pair"]


def test_a_chunk_survives_the_way_between_processes():
    heads = [head_of(extraction.article) for extraction in FOUR[:2]]
    chunk = PreparedChunk(extraction_table(FOUR[:2]), [heads[0], ValueError("no"), heads[1]])
    one, error, two = pickle.loads(pickle.dumps(chunk))
    assert [one.row, two.row, one.head, str(error)] == [0, 1, heads[0], "no"]
    assert joined([one, two]).to_pylist() == extraction_table(FOUR[:2]).to_pylist()


def test_prepare_extracts_and_keeps_the_order():
    made = prepare([Article("a", "Shells fell on Bakhmut.", date=DAY), Article("b", "Nothing is named here.")])
    assert [one.head.item for one in made] == ["a", "b"]
    assert [m["place_id"] for m in joined([made[0]]).to_pylist()[0]["mentions"]] == ["bakhmut-donetsk"]


@pytest.mark.parametrize("count", [0, 1, AT_ONCE, AT_ONCE + 1])
def test_what_is_not_prepared_is_made_so_in_order(count):
    made = list(all_prepared(plain(number) for number in range(count)))
    assert [one.head.item for one in made] == [f"item-{number}" for number in range(count)]


def test_some_rows_of_a_chunk_are_joined_alone():
    made = list(all_prepared(FOUR))
    picked = [made[3], made[1]]
    assert [row["id"] for row in joined(picked).to_pylist()] == ["silent", "uk"]
