"""Language of short and long texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Russian troops attacked the town near Bakhmut.", "en"),
        ("Explosions in Kharkiv", "en"),
        ("Ukraine holds Bakhmut", "en"),
        ("Росіяни обстріляли Бахмут", "uk"),
        ("ППО збила 5 дронів", "uk"),
        ("Наші захисники тримають оборону в районі Кремінної та Сватового.", "uk"),
        ("Войска взяли село", "ru"),
        ("Объявлена воздушная тревога", "ru"),
        ("Бахмут: обстрел", "ru"),
        ("По словам губернатора, это самый сильный обстрел с начала года.", "ru"),
        ("Les forces russes avancent vers la ville, selon l'armée", "unknown"),
        ("Russische Truppen rücken auf die Stadt vor", "unknown"),
        ("Las fuerzas rusas avanzan hacia la ciudad de Bajmut", "unknown"),
        ("Wojska rosyjskie zajęły miasto pod Bachmutem, ale nie wszystkie", "unknown"),
        ("Le forze russe avanzano verso la città di Bakhmut", "unknown"),
        ("Руските сили превзеха града, според съобщения", "unknown"),
        ("Снаге су ушле у град, објавио је њихов портпарол", "unknown"),
        ("烏克蘭軍隊守住巴赫穆特", "unknown"),
        ("", "unknown"),
        ("12:30 - 5", "unknown"),
    ],
)
def test_language(text, language):
    assert detect_language(text) == language


def test_a_text_is_what_most_of_its_letters_are():
    english = "The governor said that the town was shelled for the whole night and that two people were killed. "
    assert detect_language(english * 3 + "«Наші сили відбили атаку».") == "en"


@given(st.text(max_size=200))
def test_any_text_has_one_of_four_answers(text):
    assert detect_language(text) in ("en", "uk", "ru", "unknown")
