"""The generated word lists: given names, and ordinary English words that are also place names.

`python -m extract.build.lexicon [WORDS]` writes `extract/data/given_names.txt` (from the person providers of the
package faker, MIT; Ukrainian and Russian ones also romanised) and, given `/usr/share/dict/american-english` (Debian's
package wamerican, SCOWL, public domain and permissive parts), `common_words.txt`: its lower-case words that the
gazetteer has as the name of a place.
"""

import importlib
import re
import sys
from pathlib import Path

from geodata import name_key, open_gazetteer
from geodata.translit import russian_spellings, ukrainian_spellings

DATA = Path(__file__).parent.parent / "data"
LOCALES = """
    az_AZ bg_BG cs_CZ da_DK de_DE en_GB en_IE en_IN en_NG en_PK en_US es_AR es_ES et_EE fi_FI fr_FR ga_IE hr_HR
    hu_HU id_ID it_IT lt_LT lv_LV nl_NL no_NO pl_PL pt_BR ro_RO ru_RU sk_SK sl_SI sv_SE tr_TR uk_UA vi_VN
""".split()
_NAME = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u04ff'’]{3,}")
_ATTRIBUTES = ("first_names", "first_names_male", "first_names_female", "first_romanized_names")
_USUAL = """
    ahmed ahmad ali abdul abdullah aleksandr aleksander aleksei alexei alexey alexandr alexander amir anatoly
    anatoliy andrei andrey andrii andriy antony anton arkady arseniy artem barack benjamin bernie boris bohdan
    dmitri dmitry dmytro donald emmanuel erdogan evgeny fedir gennady hamid hassan hussein ihor igor ibrahim
    ivan jens joe kaja kamala khalid kim kirill kyrylo kyriakos leonid lloyd lyudmila maksym maxim mahmoud mark
    mateusz mikhail mohammad mohammed muhammad mustafa mykhailo mykola nikolai nikolay olaf oleg oleh oleksandr
    oleksiy oleksii olena olha omar pavlo pavel petro pyotr ramzan recep rishi roman rustem ruslan salman sanna
    semyon serhii serhiy sergei sergey sviatlana svitlana taras tymofiy ursula valentyn valentyna valerii valery
    valeriy vadim vadym vasyl viktor vitali vitaliy vitalii vitaly vladimir vladislav vladyslav volodymyr
    vyacheslav xi yaroslav yevgeny yevhen yevheniy yulia yuliia yuri yurii yuriy yury zhanna antonio narendra
    shinzo fumio giorgia viktoria iryna irina kateryna natalia nataliya tetyana tatyana oksana halyna hanna
    liudmyla inna anastasia daria dariia sofia polina lesya alla marina maryna tamara nadiia
""".split()


def given_names() -> list[str]:
    """Folded given names, sorted."""
    names = {name_key(name) for name in _USUAL}
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in _ATTRIBUTES:
            listed = getattr(provider, attribute, ())
            listed = [name for name in listed if isinstance(name, str)] if not isinstance(listed, property) else []
            names |= {name_key(name) for name in listed if _NAME.fullmatch(name)}
            if locale == "uk_UA":
                names |= {name_key(form) for name in listed for form in ukrainian_spellings(name)}
            if locale == "ru_RU":
                names |= {name_key(form) for name in listed for form in russian_spellings(name)}
    return sorted(name for name in names if len(name) > 2 and " " not in name)


def common_words(dictionary: Path) -> list[str]:
    """Words that the dictionary writes in lower case and the gazetteer knows as a place, sorted."""
    gazetteer = open_gazetteer()
    words = {word for word in dictionary.read_text(encoding="utf-8").split() if word.isalpha() and word.islower()}
    return sorted(key for key in {name_key(word) for word in words} if gazetteer.candidates(key))


def main(arguments: list[str]) -> int:
    """Write the lists into `extract/data`."""
    (DATA / "given_names.txt").write_text("\n".join(given_names()) + "\n", encoding="utf-8")
    if arguments:
        (DATA / "common_words.txt").write_text("\n".join(common_words(Path(arguments[0]))) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
