"""`add`: the dry run, the report, what is skipped, what is told of an add that breaks off."""

import csv

import pytest

from corpus import Corpus, CorpusWriteError
from corpus.__main__ import main
from corpus.adding import ADDED, ALREADY_THERE, FAILED, NOT_REACHED, REMOVED_BEFORE, add_articles
from corpus.stories import LINKS_FILE
from extract.readers import Failure
from extract.types import Article, Extraction
from tests.corpus.story_samples import sketch_of


def articles(*numbers):
    return [Article(f"a{n}", f"Report {n}: shells fell on Bakhmut.", origin=f"a{n}.txt") for n in numbers]


def extracted(article):
    return Extraction(article, ())


def outcomes(corpus, items, extract=extracted, **options):
    told = []
    add_articles(corpus, items, extract, tell=told.append, **options)
    return [(outcome.item, outcome.outcome) for outcome in told]


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "in"
    made.mkdir()
    (made / "one.txt").write_text("January 26, 2023\n\nShells fell on Bakhmut, the mayor said.\n")
    (made / "two.txt").write_text("Troops moved from Kreminna towards Svatove on foot.\n")
    (made / "empty.txt").write_text("")
    return made


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return {row["item"].rsplit("/", 1)[-1]: row for row in csv.DictReader(file)}


def test_every_item_is_told_once(corpus):
    one, two, three = articles(1, 2, 3)
    corpus.add([extracted(one), extracted(three)])
    corpus.remove([three.article_id])
    told = outcomes(corpus, [one, two, Failure("bad.txt", "broken"), three, two])
    assert sorted(told) == [
        ("a1.txt", ALREADY_THERE),
        ("a2.txt", ADDED),
        ("a2.txt", ALREADY_THERE),
        ("a3.txt", REMOVED_BEFORE),
        ("bad.txt", FAILED),
    ]


def test_what_is_there_is_not_extracted(corpus):
    one, two = articles(1, 2)
    corpus.add([extracted(one)])
    asked = []

    def extract(article):
        asked.append(article.id)
        return extracted(article)

    outcomes(corpus, [one, two], extract)
    assert asked == ["a2"]


def test_an_add_that_breaks_off_tells_what_was_not_added(corpus):
    def breaking():
        yield from articles(1, 2)
        raise KeyboardInterrupt

    told = []
    with pytest.raises(KeyboardInterrupt):
        add_articles(corpus, breaking(), extracted, tell=told.append)
    assert [outcome.outcome for outcome in told] == [NOT_REACHED, NOT_REACHED]
    assert Corpus(corpus.folder).article_ids() == frozenset()


def test_what_could_not_be_written_is_not_told_as_added(corpus, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("corpus.store.write_beside", full)
    told = []
    with pytest.raises(CorpusWriteError):
        add_articles(corpus, articles(1), extracted, tell=told.append)
    assert [outcome.outcome for outcome in told] == [NOT_REACHED]


def test_what_another_process_added_meanwhile_is_already_there(corpus):
    (one,) = articles(1)

    class Overtaken(Corpus):
        def add(self, *args, **options):
            Corpus(self.folder).add([extracted(one)])
            return super().add(*args, **options)

    assert outcomes(Overtaken(corpus.folder), [one]) == [("a1.txt", ALREADY_THERE)]


def test_an_add_keeps_the_links(corpus):
    outcomes(corpus, articles(1), lambda article: Extraction(article, (), fingerprint=sketch_of(1)))
    assert (corpus.folder / LINKS_FILE).exists()


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(folder, tmp_path, capsys):
    corpus = tmp_path / "c"
    assert main(["add", str(folder), "--corpus", str(corpus), "--dry-run"]) == 1
    err = capsys.readouterr().err
    assert "2  would be added" in err
    assert "1  of them undated" in err
    assert not corpus.exists()


def test_the_report_has_a_row_an_item(folder, tmp_path):
    report = tmp_path / "report.csv"
    corpus = str(tmp_path / "c")
    assert main(["add", str(folder / "one.txt"), "--corpus", corpus, "--source", "Wire"]) == 0
    assert main(["add", str(folder), "--corpus", corpus, "--report", str(report)]) == 1
    found = rows(report)
    assert {name: row["outcome"] for name, row in found.items()} == {
        "one.txt": ALREADY_THERE,
        "two.txt": ADDED,
        "empty.txt": FAILED,
    }
    assert (found["two.txt"]["undated"], found["two.txt"]["unknown_source"]) == ("yes", "yes")
    assert found["empty.txt"]["reason"] != ""
    assert found["empty.txt"]["undated"] == ""


def test_the_report_of_an_added_article_tells_date_and_source(folder, tmp_path):
    report = tmp_path / "report.csv"
    main(["add", str(folder), "--corpus", str(tmp_path / "c"), "--source", "=Wire()", "--report", str(report)])
    row = rows(report)["one.txt"]
    assert (row["date"], row["date_basis"], row["undated"]) == ("2023-01-26", "stated", "no")
    assert (row["source"], row["unknown_source"]) == ("'=Wire()", "no")


def test_a_date_in_the_future_is_told_and_noted_in_the_report(tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ahead.md").write_text("---\ndate: 2099-01-26\n---\nShells fell on Bakhmut overnight.\n")
    (tmp_path / "in" / "broken.md").write_text("---\ndate: 32.13.2023\n---\nShells fell on Soledar overnight.\n")
    report = tmp_path / "report.csv"
    args = ["add", str(tmp_path / "in"), "--corpus", str(tmp_path / "c"), "--report", str(report)]
    assert main(args) == 0
    assert "1  of them dated in the future" in capsys.readouterr().err
    notes = {name: row["notes"] for name, row in rows(report).items()}
    assert "lies in the future" in notes["ahead.md"]
    assert "“32.13.2023” is a day that the calendar does not have" in notes["broken.md"]


def test_a_report_without_a_folder_is_told_before_anything_is_added(folder, tmp_path, capsys):
    corpus = tmp_path / "c"
    assert main(["add", str(folder), "--corpus", str(corpus), "--report", str(tmp_path / "no" / "r.csv")]) == 2
    assert "Nothing was added" in capsys.readouterr().err
    assert not corpus.exists()


def test_no_progress_bar_where_nobody_looks(folder, tmp_path, capsys):
    main(["add", str(folder), "--corpus", str(tmp_path / "c")])
    assert "reading" not in capsys.readouterr().err


def test_listing_one_row_a_story(tmp_path, capsys):
    text = " ".join(f"{word}o" for word in "abc def ghi jkl mno pqr stu vwx yza bcd efg hij".split())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Bakhmut {text}")
    (folder / "b.txt").write_text(f"Bakhmut {text} and more")
    main(["add", str(folder), "--corpus", str(tmp_path / "c")])
    capsys.readouterr()
    assert main(["list", "--corpus", str(tmp_path / "c")]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
    assert main(["list", "--corpus", str(tmp_path / "c"), "--one-per-story"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
