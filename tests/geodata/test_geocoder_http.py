"""The geocoder against a server on this machine: real requests by geopy, threads and processes that take turns."""

import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from geodata.cache import FILE_NAME, GeocodeCache
from geodata.errors import GeocodingFailedError
from geodata.geocoder import Geocoder, open_geocoder
from tests.geodata.nominatim_double import NominatimDouble

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def server(monkeypatch):
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(variable, raising=False)
    double = NominatimDouble()
    yield double
    double.close()


@pytest.fixture
def path(tmp_path):
    return tmp_path / FILE_NAME


def geocoder(path, server, **changes):
    return Geocoder(GeocodeCache(path), server.settings(**changes))


def test_a_place_is_suggested(path, server):
    (found,) = geocoder(path, server).suggest("Testivka").suggestions
    assert (found.name, found.lat, found.lon, found.feature) == ("Testivka", 48.6012345, 38.1112345, "place/village")


def test_the_request_is_nominatims(path, server):
    geocoder(path, server, contact="editor@example.org").suggest("Testivka", viewbox=((47.0, 36.0), (50.0, 40.0)))
    (query,), (agent,) = server.queries, server.agents
    assert (query["q"], query["countrycodes"], query["viewbox"]) == ("Testivka", "ua", "36.0,47.0,40.0,50.0")
    assert query["accept-language"] == "en"
    assert agent.startswith("Dateline/")
    assert "editor@example.org" in agent


def test_an_empty_answer_is_a_miss(path, server):
    assert geocoder(path, server).suggest("Nema").suggestions == ()


@pytest.mark.parametrize(
    "failure",
    [(500, {}, ""), (503, {}, ""), (429, {"Retry-After": "0"}, ""), (200, {}, "<html>log in</html>")],
    ids=["500", "503", "429", "html"],
)
def test_failures_are_tried_three_times_and_not_kept(path, server, failure):
    server.failures = [failure] * 3
    asking = geocoder(path, server)
    with pytest.raises(GeocodingFailedError):
        asking.suggest("Testivka")
    assert len(server.arrivals) == 3
    assert asking.suggest("Testivka").suggestions


@pytest.mark.parametrize(
    "failure", [(403, {}, "blocked"), (200, {}, '[{"lat": "x", "lon": "1"}]'), (200, {}, '{"error": "bad"}')]
)
def test_refusals_and_answers_out_of_format_are_not_repeated(path, server, failure):
    server.failures = [failure]
    with pytest.raises(GeocodingFailedError):
        geocoder(path, server).suggest("Testivka")
    assert len(server.arrivals) == 1


def test_a_server_that_does_not_answer_is_given_up_after_the_time_limit(path, server):
    server.delay_seconds = 1.0
    with pytest.raises(GeocodingFailedError, match=r"did not answer in 0\.2 s"):
        geocoder(path, server, timeout_seconds=0.2, retries=0).suggest("Testivka")


def test_a_server_that_is_not_there_is_a_failure(path, server):
    settings = server.settings(retries=1)
    server.close()
    with pytest.raises(GeocodingFailedError, match="refused"):
        Geocoder(GeocodeCache(path), settings).suggest("Testivka")


def test_threads_that_ask_for_one_name_send_one_request(path, server):
    asking = geocoder(path, server)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(asking.suggest, ["Testivka"] * 20))
    assert all(answer.suggestions for answer in answers)
    assert len(server.arrivals) == 1


def test_cached_answers_do_not_wait_while_others_ask(path, server):
    asking = geocoder(path, server, interval_seconds=1.0)
    asking.suggest("Testivka")
    server.delay_seconds = 1.0
    waiting = threading.Thread(target=asking.suggest, args=("Testove",))
    waiting.start()
    answered = threading.Event()
    threading.Thread(target=lambda: asking.suggest("Testivka") and answered.set()).start()
    assert answered.wait(0.9)
    waiting.join()


def ask_many(path, settings, names, threads, start):
    start.wait(30)
    asking = Geocoder(GeocodeCache(path), settings)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(asking.suggest, names))


def run_processes(paths, server, settings, names_each, threads):
    start = SPAWN.Event()
    processes = [
        SPAWN.Process(
            target=ask_many,
            args=(path, settings, [f"Selo {chr(97 + number)}{chr(97 + n)}" for n in range(names_each)], threads, start),
        )
        for number, path in enumerate(paths)
    ]
    for process in processes:
        process.start()
    start.set()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]


def test_processes_and_threads_never_ask_closer_than_the_interval(path, server):
    settings = server.settings(interval_seconds=0.1)
    assert run_processes([path] * 3, server, settings, names_each=8, threads=8) == [0, 0, 0]
    assert len(server.arrivals) == 24
    assert min(server.gaps()) >= 0.1


def test_two_processes_keep_to_one_request_a_second(path, server):
    settings = server.settings(interval_seconds=1.0)
    assert run_processes([path] * 2, server, settings, names_each=2, threads=2) == [0, 0]
    assert len(server.arrivals) == 4
    assert min(server.gaps()) >= 1.0
    assert len(list(GeocodeCache(path).all())) == 4


def test_two_corpora_take_turns_together(tmp_path, server, monkeypatch):
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "user"))
    settings = server.settings(interval_seconds=0.4)
    for folder, name in (("one", "Testivka"), ("two", "Testivka"), ("one", "Testove")):
        open_geocoder(tmp_path / folder / FILE_NAME, settings=settings).suggest(name)
    assert min(server.gaps()) >= 0.4


def test_without_a_users_folder_turns_are_taken_in_the_cache(tmp_path, server, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path / "file"))
    notices = []
    asking = open_geocoder(tmp_path / "corpus" / FILE_NAME, settings=server.settings(), notice=notices.append)
    assert asking.suggest("Testivka").suggestions
    assert "counted" in notices[0]
