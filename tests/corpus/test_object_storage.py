"""A corpus on object storage: the S3 protocol as a server on this machine speaks it, through s3fs as a user has it."""

import json
import re

import pytest

pytest.importorskip("s3fs", reason="needs requirements-dev.txt")
pytest.importorskip("moto.server", reason="needs requirements-dev.txt")
pytest.importorskip("distributed", reason="needs requirements-scale.txt")

import fsspec
from fsspec.config import conf
from moto.server import ThreadedMotoServer

from corpus import Corpus, CorpusIndex, MentionFilter
from corpus.__main__ import main
from corpus.scale import partitions
from corpus.scale.storage import Storage

SENTENCES = ("Shelling hit Bakhmut.", "Fighting went on near Soledar.", "Vuhledar was shelled.", "Trains left Kyiv.")

NO_RETRIES = {"retries": {"max_attempts": 0}}


@pytest.fixture(scope="module")
def bucket():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {"key": "test", "secret": "test", "endpoint_url": f"http://{host}:{port}"}
    kept = dict(conf)
    # what users write into fsspec's own configuration; worker processes read it from the environment
    conf["s3"] = settings
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FSSPEC_S3", json.dumps(settings))
        fsspec.filesystem("s3").mkdir("newsroom")
        yield "s3://newsroom"
    conf.clear()
    conf.update(kept)
    server.stop()


@pytest.fixture
def lines(bucket):
    rows = [
        {"title": f"Report {number}", "text": f"{SENTENCES[number % 4]} It was report {number}.", "date": "2023-01-20"}
        for number in range(40)
    ]
    path = f"{bucket}/in/part-{{}}.jsonl"
    for part in range(2):
        with fsspec.open(path.format(part), "w") as file:
            file.write("\n".join(map(json.dumps, rows[part::2])))
    return f"{bucket}/in/*.jsonl"


def test_a_corpus_is_written_verified_and_read_back(bucket, lines, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(partitions, "LEAST_BYTES", 500)
    corpus = f"{bucket}/corpus"
    assert main(["add", lines, "--corpus", corpus, "--dask", "local:2"]) == 0
    assert main(["verify", lines, "--corpus", corpus]) == 0
    assert len(Storage(corpus).names("batches", ".parquet")) > 2
    capsys.readouterr()
    assert main(["add", lines, "--corpus", corpus, "--dask", "local:1"]) == 0
    assert re.search(r"\b40 +already there", capsys.readouterr().err)
    fsspec.filesystem("s3").get(f"{corpus}/batches", str(tmp_path / "copy" / "batches"), recursive=True)
    with CorpusIndex(Corpus(tmp_path / "copy")) as index:
        assert index.counts(MentionFilter()).articles_searched == 40
        assert {"Bakhmut", "Soledar", "Vuhledar", "Kyiv"} <= set(index.places(MentionFilter()).name)


def test_storage_that_does_not_answer_is_told(bucket, monkeypatch, capsys):
    monkeypatch.setitem(conf, "s3", conf["s3"] | {"endpoint_url": "http://127.0.0.1:9", "config_kwargs": NO_RETRIES})
    assert main(["verify", "--corpus", "s3://newsroom/elsewhere"]) == 1
    assert "s3://newsroom/elsewhere cannot be reached (Could not connect" in capsys.readouterr().err
