"""The cache file: what is kept how long, several writers at once, damage set aside, turns."""

import multiprocessing
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from geodata.cache import FILE_NAME, GeocodeCache, Turns, cache_file
from geodata.errors import GeocodeCacheError
from geodata.suggestions import Answer, Suggestion, question

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
FOUND = (Suggestion("Testivka", "Testivka, Ukraine", 48.6, 38.1, "village", "place/village", "UA"),)
SPAWN = multiprocessing.get_context("spawn")


def asked(name="Testivka", provider="nominatim"):
    return question(provider, name, countries=("ua",), viewbox=None)


def answered(name="Testivka", suggestions=FOUND, at=NOW):
    return Answer(asked(name), at, suggestions)


class Clock:
    """A clock that a test sets."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        return self.at.timestamp()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def notices():
    return []


@pytest.fixture
def cache(tmp_path, clock, notices):
    return GeocodeCache(tmp_path / FILE_NAME, clock=clock, notice=notices.append)


def test_asking_a_cache_that_is_not_there_makes_no_file(cache):
    assert (cache.get(asked()), list(cache.all()), cache.clear()) == (None, [], 0)
    assert not cache.file.path.exists()


def test_a_kept_answer_comes_back_as_it_was(cache):
    cache.keep(answered())
    kept = cache.get(asked(" TESTIVKA "))
    assert (kept.suggestions, kept.asked_at, kept.from_cache) == (FOUND, NOW, True)


def test_answers_of_another_provider_are_apart(cache):
    cache.keep(answered())
    assert cache.get(asked(provider="nominatim (own.example.org)")) is None


@pytest.mark.parametrize(("suggestions", "days"), [(FOUND, 180), ((), 30)], ids=["hit", "miss"])
def test_answers_expire(cache, clock, suggestions, days):
    cache.keep(answered(suggestions=suggestions))
    clock.at = NOW + timedelta(days=days, seconds=-1)
    assert cache.get(asked()) is not None
    clock.at = NOW + timedelta(days=days)
    assert cache.get(asked()) is None


def test_an_answer_from_the_future_is_not_believed(cache):
    cache.keep(answered(at=NOW + timedelta(days=300)))
    assert cache.get(asked()) is None


def test_a_newer_answer_replaces_an_older_one_and_not_the_reverse(cache):
    cache.keep(answered())
    cache.keep(answered(suggestions=(), at=NOW - timedelta(days=1)))
    assert cache.get(asked()).suggestions == FOUND


def test_expired_answers_are_listed_as_such(cache, clock):
    cache.keep(answered())
    cache.keep(answered("Nema", ()))
    clock.at = NOW + timedelta(days=31)
    assert [(kept.answer.question.name, kept.expired) for kept in cache.all()] == [("Nema", True), ("Testivka", False)]


def test_clearing_takes_what_was_named(cache, clock):
    for name in ("Testivka", "Testove", "Nema"):
        cache.keep(answered(name, () if name == "Nema" else FOUND))
    clock.at = NOW + timedelta(days=31)
    assert cache.clear(expired_only=True) == 1
    assert cache.clear(["TESTOVE"]) == 1
    assert [kept.answer.question.name for kept in cache.all()] == ["Testivka"]
    assert cache.clear() == 1


def test_the_folder_holds_one_file_that_can_be_copied(cache):
    cache.keep(answered())
    assert [path.name for path in cache.file.path.parent.iterdir()] == [FILE_NAME]


def test_the_file_is_kept_in_wal_mode(cache):
    cache.keep(answered())
    with sqlite3.connect(cache.file.path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize("damage", ["overwritten", "cut", "inside"])
def test_a_damaged_file_is_set_aside_and_rebuilt(cache, notices, damage):
    for number in range(200):
        cache.keep(answered(f"Testivka {number}"))
    path = cache.file.path
    content = path.read_bytes()
    spoilt = {
        "overwritten": b"no database at all " * 100,
        "cut": content[: len(content) // 2],
        "inside": content[:4096] + b"\xff" * (len(content) - 4096),
    }[damage]
    path.write_bytes(spoilt)
    list(cache.all())
    cache.keep(answered())
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == spoilt
    assert cache.get(asked()).suggestions == FOUND
    assert len(notices) == 1
    assert aside.name in notices[0]


def test_an_empty_file_is_a_new_cache(cache):
    cache.file.path.touch()
    cache.keep(answered())
    assert cache.get(asked()) is not None


def test_a_row_that_is_no_answer_counts_as_not_there(cache):
    cache.keep(answered())
    with sqlite3.connect(cache.file.path) as db:
        db.execute("UPDATE answers SET answer = '{\"suggestions\": 3}'")
    db.close()
    assert (cache.get(asked()), cache.unreadable()) == (None, 1)


@pytest.mark.parametrize(
    ("statement", "message"), [("PRAGMA user_version = 99", "newer Dateline"), ("PRAGMA application_id = 7", "else")]
)
def test_a_file_of_something_else_is_left_alone(cache, statement, message):
    cache.keep(answered())
    with sqlite3.connect(cache.file.path) as db:
        db.execute(statement)
    db.close()
    with pytest.raises(GeocodeCacheError, match=message):
        cache.get(asked())
    assert [path.name for path in cache.file.path.parent.iterdir()] == [FILE_NAME]


def test_a_document_named_by_mistake_is_left_alone(tmp_path):
    document = tmp_path / "notes.txt"
    document.write_text("my notes " * 100)
    with pytest.raises(GeocodeCacheError, match=r"notes\.txt"):
        GeocodeCache(document).keep(answered())
    assert document.read_text() == "my notes " * 100


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(GeocodeCacheError, match="name another file"):
        GeocodeCache(tmp_path / "file" / FILE_NAME).keep(answered())


def keep_many(path, first, count, start):
    start.wait(30)
    cache = GeocodeCache(path)
    for number in range(first, first + count):
        cache.keep(answered(f"Testivka {number}"))


@pytest.mark.parametrize("damaged", [False, True], ids=["sound", "damaged"])
def test_processes_that_keep_at_once_lose_nothing(tmp_path, damaged):
    path = tmp_path / FILE_NAME
    if damaged:
        path.write_bytes(b"no database at all " * 100)
    start = SPAWN.Event()
    processes = [SPAWN.Process(target=keep_many, args=(path, first, 40, start)) for first in (0, 40, 80)]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert len(list(GeocodeCache(path, clock=Clock()).all())) == 120
    assert len(list(tmp_path.glob("*.damaged-*"))) == damaged


def turns(tmp_path, clock, asked="nominatim"):
    return Turns(cache_file(tmp_path / FILE_NAME), asked, lease_seconds=20, clock=clock)


def test_a_turn_is_one_holders_until_it_rests(tmp_path, clock):
    first, second = turns(tmp_path, clock), turns(tmp_path, clock)
    assert first.take() == (0, False)
    assert second.take() == (20, False)
    clock.at += timedelta(seconds=3)
    first.release(1.0)
    assert second.take() == (1, True)
    clock.at += timedelta(seconds=1)
    assert second.take() == (0, False)


def test_the_turn_of_a_holder_that_died_is_given_up(tmp_path, clock):
    first, second = turns(tmp_path, clock), turns(tmp_path, clock)
    first.take()
    clock.at += timedelta(seconds=20)
    assert second.take() == (0, False)
    first.release(0.0)
    assert turns(tmp_path, clock).take() == (20, False)


def test_a_clock_set_back_does_not_block(tmp_path, clock):
    turns(tmp_path, clock).take()
    clock.at -= timedelta(hours=5)
    assert turns(tmp_path, clock).take() == (0, False)


def test_other_providers_do_not_wait(tmp_path, clock):
    turns(tmp_path, clock).take()
    assert turns(tmp_path, clock, "photon").take() == (0, False)
