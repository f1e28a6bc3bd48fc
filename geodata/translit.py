"""Latin spellings of Ukrainian and Russian names, by the systems that maps and newspapers use.

Sources: resolution 55 of the Cabinet of Ministers of Ukraine (KMU, 2010); BGN/PCGN romanisation of Ukrainian (1965)
and of Russian (1947); press habits are simplifications of the latter (iy -> y, yev -> ev, shch -> sch).
"""

_KMU = dict(
    zip(
        "абвгґдежзиійклмнопрстуфхцчшщ",
        """
    a b v h g d e zh z y i i k l m n o p r s t u f kh ts ch sh shch
""".split(),
        strict=True,
    )
) | {"є": "ie", "ї": "i", "ю": "iu", "я": "ia", "ь": "", "'": "", "’": "", "ʼ": ""}
_KMU_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_BGN_UK = _KMU | {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_PRESS_UK = _KMU | {"є": "ye", "ю": "yu", "я": "ya"}
"""KMU but for the iotated vowels: Zolotyi Kolodyaz."""
_RU = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщ",
        """
    a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch
""".split(),
        strict=True,
    )
) | {"ё": "yo", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya"}
_VOWELS_RU = "аеёиоуыэюяьъ"


def _spell(word: str, table: dict[str, str], initial: dict[str, str] | None = None) -> str:
    """`word` (lower case) letter by letter; зг becomes zgh in Ukrainian, so that it is not read as ж."""
    out = []
    for i, char in enumerate(word):
        if initial and char in initial and (i == 0 or word[i - 1] in " -"):
            out.append(initial[char])
        elif char == "г" and i and word[i - 1] == "з" and table.get("г") == "h":
            out.append("gh")
        else:
            out.append(table.get(char, char))
    return "".join(out)


def _with(texts: set[str], *pairs: tuple[str, str]) -> set[str]:
    """`texts` and each of them with one habit applied throughout."""
    for old, new in pairs:
        texts = texts | {text.replace(old, new) for text in texts}
    return texts


def ukrainian_spellings(name: str) -> frozenset[str]:
    """Latin spellings, lower case, of a Ukrainian name (nominative): `Авдіївка` -> avdiivka, avdiyivka, ..."""
    word = name.lower().replace("’", "'").replace("ʼ", "'")
    forms = {_spell(word, _KMU, _KMU_INITIAL), _spell(word, _BGN_UK), _spell(word, _PRESS_UK, _KMU_INITIAL)}
    forms |= {_spell(word.replace("ий ", "и ").removesuffix("й"), _KMU, _KMU_INITIAL)} if "ий" in word else set()
    forms = _with(forms, ("iyi", "yi"), ("shch", "sch"), ("iia", "ia"), ("iie", "ie"))
    return frozenset(forms | {form.replace("kh", "h") for form in forms if "kh" in form})


def russian_spellings(name: str) -> frozenset[str]:
    """Latin spellings, lower case, of a Russian name (nominative): `Авдеевка` -> avdeevka, avdeyevka, ..."""
    word = name.lower()
    marked = "".join(
        "ye" if char == "е" and (i == 0 or word[i - 1] in " -" or word[i - 1] in _VOWELS_RU) else char
        for i, char in enumerate(word)
    )
    forms = {_spell(text, _RU | {"ё": yo}) for text in (word, marked) for yo in ("yo", "e", "o")}
    forms = _with(forms, ("iy ", "y "), ("yy ", "y "), ("shch", "sch"), ("iya", "ia"), ("iye", "ie"))
    ended = {form[:-2] + "y" for form in forms if form.endswith(("iy", "yy"))}
    ended |= {form[:-2] + "i" for form in forms if form.endswith("iy")}
    forms |= ended
    return frozenset(forms | {form.replace("kh", "h") for form in forms if "kh" in form})
