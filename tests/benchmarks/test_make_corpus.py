"""The generator: the same again from the same seed, distinct articles, and batches that hold what extraction would."""

import json
from collections import Counter

import pytest

from corpus import Corpus
from corpus.store import read_batch
from extract.fingerprint import fingerprint
from extract.tokens import Tokens
from tests.benchmarks.make_corpus import main


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "corpus"
    assert main(["600", str(folder), "--format", "batches"]) == 0
    return [row for path in Corpus(folder).batches() for row in read_batch(path).to_pylist()]


def test_same_seed_same_articles(tmp_path):
    for name, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        main(["40", str(tmp_path / name), "--seed", seed])
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert (a == b, a == c) == (True, False)


def test_lines_hold_the_texts_of_the_batches(rows, tmp_path):
    main(["600", str(tmp_path / "lines")])
    lines = [json.loads(line) for line in (tmp_path / "lines").read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == [row["text"] for row in rows]


def test_articles_are_distinct(rows):
    assert len({row["article_id"] for row in rows}) == 600


def test_mentions_stand_where_they_say(rows):
    found = [(row["text"][m["start"] : m["end"]], m["text"]) for row in rows for m in row["mentions"]]
    assert len(found) > 6_000
    assert [pair for pair in found if pair[0] != pair[1]] == []


def test_fingerprints_are_the_extractors(rows):
    assert all(row["fingerprint"] == fingerprint(Tokens(row["text"])) for row in rows[:100])


def test_some_places_are_named_often_and_most_hardly_ever(rows):
    counts = sorted(Counter(m["place_id"] for row in rows for m in row["mentions"] if m["place_id"]).values())
    assert counts[-1] > 200
    assert sum(count == 1 for count in counts) > len(counts) / 4


def test_three_languages_and_copies(rows):
    assert {row["language"] for row in rows} == {"en", "uk", "ru"}
    openings = Counter(row["text"][:200] for row in rows)
    assert 60 < sum(count - 1 for count in openings.values()) < 300


def test_articles_are_written_in_the_order_of_time(rows):
    days = [row["date"].toordinal() for row in rows if row["date"]]
    assert sum(days[:100]) < sum(days[-100:])


def test_what_is_there_is_not_written_over(tmp_path, capsys):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(SystemExit):
        main(["1", str(tmp_path / "mine")])
    assert (tmp_path / "mine").read_text() == "x"
    assert "there already" in capsys.readouterr().err
