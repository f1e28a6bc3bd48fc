"""`python -m geodata geocode` and `cache`: suggestions on stdout, the rest on stderr, exit codes."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geodata.__main__ import main
from geodata.cache import FILE_NAME, GeocodeCache
from geodata.suggestions import Answer, Suggestion, question
from tests.geodata.nominatim_double import NominatimDouble

ROOT = Path(__file__).parents[2]
FOUND = (
    Suggestion("Testivka", "Testivka, Ukraine", 48.6, 38.1, "village", "place/village", "UA", 2.7, "node/1", "OSM"),
)


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "user"))
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    double = NominatimDouble()
    monkeypatch.setenv("DATELINE_GEOCODER_URL", double.url)
    yield double
    double.close()


@pytest.fixture
def kept(tmp_path):
    """A corpus' cache with one hit of today and one miss of 2020."""
    cache = GeocodeCache(tmp_path / "corpus" / FILE_NAME)
    for name, places, at in (("Testivka", FOUND, datetime.now(UTC)), ("Nema", (), datetime(2020, 1, 1, tzinfo=UTC))):
        cache.keep(Answer(question("nominatim", name, countries=("ua",), viewbox=None), at, places))
    return tmp_path / "corpus"


def test_suggestions_are_printed_with_provider_and_date(server, capsys):
    assert main(["geocode", "Testivka"]) == 0
    captured = capsys.readouterr()
    assert "48.6012" in captured.out
    assert "place/village; node/337654321" in captured.out
    assert datetime.now(UTC).date().isoformat() in captured.err
    assert "OpenStreetMap" in captured.err


def test_no_such_place_is_said_and_is_no_error(server, capsys):
    assert main(["geocode", "Nema"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no place found for 'Nema' in UA" in captured.err


def test_the_whole_world_is_asked_on_request(server):
    main(["geocode", "Testivka", "--country", "any"])
    assert "countrycodes" not in server.queries[0]


def test_answers_are_kept_in_the_corpus(server, tmp_path):
    main(["geocode", "Testivka", "--corpus", str(tmp_path / "corpus")])
    main(["geocode", "Testivka", "--corpus", str(tmp_path / "corpus")])
    assert len(server.arrivals) == 1
    assert (tmp_path / "corpus" / FILE_NAME).exists()


def test_switched_off_it_refuses(server, monkeypatch, capsys):
    monkeypatch.setenv("DATELINE_GEOCODING", "off")
    assert main(["geocode", "Testivka"]) == 1
    assert "switched off" in capsys.readouterr().err
    assert server.arrivals == []


def test_a_failure_is_not_told_as_a_miss(server, capsys):
    server.failures = [(403, {}, "")]
    assert main(["geocode", "Testivka"]) == 1
    err = capsys.readouterr().err
    assert "could not be looked up" in err
    assert "no place found" not in err


def test_kept_answers_are_listed(kept, capsys):
    assert main(["cache", "list", "--corpus", str(kept)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert ("2020-01-01" in first, "not found" in first, "expired" in first) == (True, True, True)
    assert ("1 found" in second, "expired" in second) == (True, False)


def test_expired_answers_are_cleared(kept, capsys):
    assert main(["cache", "clear", "--expired", "--corpus", str(kept)]) == 0
    assert "1 answers forgotten" in capsys.readouterr().out
    assert [entry.answer.question.name for entry in GeocodeCache(kept / FILE_NAME).all()] == ["Testivka"]


def test_clearing_a_name_that_is_not_kept_says_so(kept):
    assert main(["cache", "clear", "Inshe", "--corpus", str(kept)]) == 1


def test_kept_answers_are_exported(kept, tmp_path):
    output = tmp_path / "answers.jsonl"
    assert main(["cache", "export", "--corpus", str(kept), "-o", str(output)]) == 0
    rows = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [(row["name"], len(row["suggestions"]), row["expired"]) for row in rows] == [
        ("Nema", 0, True),
        ("Testivka", 1, False),
    ]
    assert rows[1]["suggestions"][0]["attribution"] == "OSM"


def test_an_export_that_cannot_be_written_is_named(kept, tmp_path, capsys):
    assert main(["cache", "export", "--corpus", str(kept), "-o", str(tmp_path / "no" / "answers.jsonl")]) == 1
    assert "answers.jsonl" in capsys.readouterr().err


def test_a_damaged_cache_is_told_and_the_corpus_untouched(kept, capsys):
    (kept / "corrections.jsonl").write_text("{}\n")
    (kept / FILE_NAME).write_bytes(b"no database " * 500)
    assert main(["cache", "list", "--corpus", str(kept)]) == 0
    assert "was damaged" in capsys.readouterr().err
    assert (kept / "corrections.jsonl").read_text() == "{}\n"


@pytest.mark.parametrize("arguments", [["cache"], ["geocode"], ["cache", "list", "--corpus", "a", "--cache", "b"]])
def test_wrong_usage_exits_with_2(arguments):
    with pytest.raises(SystemExit) as error:
        main(arguments)
    assert error.value.code == 2


def test_looking_names_up_loads_nothing_of_the_network():
    code = "import sys, geodata.__main__; sys.exit('geopy' in sys.modules or 'urllib.request' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0
