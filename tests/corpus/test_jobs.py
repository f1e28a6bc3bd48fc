"""`corpus add --jobs`: several processes store what one does."""

from pathlib import Path

import pytest

from corpus import Corpus, CorpusIndex
from corpus.__main__ import main

REPORTS = Path(__file__).parent.parent.parent / "sample_corpus" / "reports"


def mentions(folder):
    with CorpusIndex(Corpus(folder)) as index:
        ids = sorted(Corpus(folder).article_ids())
        return {i: [(m.start, m.place_id, m.status) for m in index.article(i).mentions] for i in ids}


def test_two_processes_store_what_one_stores(tmp_path):
    paths = [str(path) for path in sorted(REPORTS.glob("0*.md"))]
    assert main(["add", *paths, "--corpus", str(tmp_path / "one")]) == 0
    assert main(["add", *paths, "--corpus", str(tmp_path / "two"), "--jobs", "2"]) == 0
    assert mentions(tmp_path / "one") == mentions(tmp_path / "two")


@pytest.mark.parametrize("jobs", ["0", "x", "65"])
def test_a_senseless_number_of_processes_is_wrong_usage(tmp_path, jobs):
    with pytest.raises(SystemExit) as error:
        main(["add", "x.txt", "--corpus", str(tmp_path), "--jobs", jobs])
    assert error.value.code == 2
