"""`python -m geodata`: answers on stdout, faults on stderr, exit codes."""

import pytest

from geodata.__main__ import main


def test_lookup_prints_the_place(capsys):
    assert main(["lookup", "Bakhmut"]) == 0
    assert "bakhmut-donetsk" in capsys.readouterr().out


def test_lookup_takes_country_and_point(capsys):
    assert main(["lookup", "Donetsk", "--country", "ru", "--near", "48.3,40.0"]) == 0
    out = capsys.readouterr().out
    assert "Rostov" in out or "rostov" in out
    assert "[donetsk-donetsk]" not in out


def test_an_unknown_name_is_said_on_stderr(capsys):
    assert main(["lookup", "Xqzzyrk"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "not in the gazetteer" in captured.err


@pytest.mark.parametrize(
    "arguments", [[], ["lookup"], ["lookup", "Bakhmut", "--near", "38"], ["lookup", "B", "--near", "99,0"]]
)
def test_wrong_usage_exits_with_2(arguments):
    with pytest.raises(SystemExit) as error:
        main(arguments)
    assert error.value.code == 2


def test_the_committed_tables_pass_their_checks(capsys):
    assert main(["verify"]) == 0
    assert " 0 faults" in capsys.readouterr().out
