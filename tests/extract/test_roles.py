"""Where things happen, or who acts."""

import pytest


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("Moscow said its forces advanced in Ukraine.", "Moscow", "actor"),
        ("Moscow said its forces advanced in Ukraine.", "Ukraine", "location"),
        ("Kyiv denied the claim.", "Kyiv", "actor"),
        ("Missiles hit Kyiv, Ukraine said.", "Kyiv", "location"),
        ("Kyiv's allies sent tanks.", "Kyiv", "actor"),
        ("Ukraine's eastern Donetsk region was shelled.", "Ukraine", "location"),
        ("Ukraine's army held the line.", "Ukraine", "actor"),
        ("Russia's invasion of Ukraine began.", "Russia", "actor"),
        ("Russia's invasion of Ukraine began.", "Ukraine", "location"),
        ("The US is advising Ukraine to wait.", "Ukraine", "actor"),
        ("Weapons were pouring into Ukraine.", "Ukraine", "location"),
        ("The war against Russia went on.", "Russia", "actor"),
        ("Fighting in Soledar went on, Ukraine said.", "Soledar", "location"),
        ("KYIV, Jan 25 (Reuters) - Talks went on.", "KYIV", "location"),
        ("KYIV/SUMY, May 30 (Reuters) - Talks went on.", "KYIV", "location"),
        ("Kyiv's eastern command ordered a withdrawal from Vuhledar.", "Kyiv", "actor"),
        ("МОСКВА, 1 февраля. /ТАСС/. Российские военные заняли позиции.", "МОСКВА", "location"),
        ("КИЇВ, 5 травня 2024 року (Укрінформ) - Україна отримала допомогу.", "КИЇВ", "location"),
        ("Russia (file photo) is at war with Ukraine.", "Russia", "actor"),
        ("Ukraine's second largest city was shelled.", "Ukraine", "location"),
    ],
)
def test_role(mentions_in, text, word, role):
    assert next(m.role for m in mentions_in(text) if m.text == word) == role
