"""Which of the three languages Dateline reads a text is in: by script, by tell-tale letters, by small words."""

import re
from collections import Counter

_SAMPLE = 1_500
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]+")
_OTHER_CYRILLIC = re.compile(r"[ўјљњћђџѓќѕӘәҒғҚқҢңӨөҮүҺһ]", re.IGNORECASE)
_UKRAINIAN_LETTER = re.compile(r"[іїєґ]", re.IGNORECASE)
_BULGARIAN_VOWEL = re.compile(r"ъ(?![еёюя])", re.IGNORECASE)
_RUSSIAN_OR_UKRAINIAN = re.compile(r"[ыэёіїєґ]", re.IGNORECASE)
_RUSSIAN_LETTER = re.compile(r"[ыэёъ]", re.IGNORECASE)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that one of the languages uses often and its neighbours do not have, or hardly.
_UKRAINIAN = _words("""
    і та й що це як із зі від або але був була було були є ще вже під після через також які який яка щоб він
    вона вони його її їх ми ви коли між біля поблизу року повідомили сказав заявив області війська росіяни сили
    удар унаслідок внаслідок зазначив військові українські російські лише тільки бо наші дуже обстріл обстріляли
    міста захопили російських українських військ наступ росіян загинули поранені вибух вибухи ппо
""")
_RUSSIAN = _words("""
    и что это из от или но был была было были есть ещё еще уже под после также которые который которая чтобы он
    она они его её ее их мы вы где когда здесь между возле около года сообщили сказал заявил области войска силы
    отметил военные украинские российские только лишь потому наши очень со об при к о взяли обстрел обстреляли
    города атака российских украинских войск боях наступление россияне погибли ранены взрыв взрывы пво
""")
_BULGARIAN = _words("""
    се са със това които който която беше ще няма сред както след според българия българската още една един през
    срещу съобщения града силите
""")
_LATIN_WORDS = {
    "en": _words("""
        the of and to in is was are were that for on with as at by from has have had been be this it its his her
        their they he she we you not but or an will would said says which who after before near into over
        against about more than there where when what if all out up no one two forces troops russian ukrainian
        ukraine russia war attack attacked captured killed region town city village reported reports drone
        drones missile missiles strike strikes fighting shelling advance army military soldiers heavy front
        defenders under fire took control news update how why new east west north south eastern western
        explosion explosions blast heard hits shelled injured wounded civilians officials evacuated defence
        defense retreat battle offensive
    """),
    "de": _words("""
        der die das und ist von mit den dem des ein eine einer einem einen nicht auch auf für im sich wurde
        wurden nach bei aus zum zur hat haben wird werden sind war als über um dass wie noch nur oder vor
        truppen russische ukrainische sei seien laut gegen stadt
    """),
    "fr": _words("""
        le la les des du une est et dans pour qui que par sur avec au aux ce cette sont pas plus ont été se ses
        son sa il elle ils nous vous mais ou où leur comme selon contre après forces ville russes ukrainiennes
        russe d'une l'armée
    """),
    "es": _words("""
        el la los las de del una es y en que por para con al se su sus no más como pero fue ha han según contra
        este esta entre sobre desde ciudad fuerzas rusas ucranianas son está lo le
    """),
    "it": _words("""
        il lo la gli dei della delle degli di che è per con del nel nella una un non sono ha hanno più anche
        come si da al alla dalla dal e città forze russe secondo contro questo questa
    """),
    "pt": _words("""
        o os as da do das dos de que e em um uma para com não por mais como foi ao à são seu sua pela pelo está
        segundo contra cidade forças russas ucranianas
    """),
    "pl": _words("""
        w i na z że się do nie jest to o jak po od za przez dla był była były oraz ale są przy pod tym który
        która które miasto siły rosyjskie ukraińskie wojska rosji ukrainy również został
    """),
    "nl": _words("""
        de het een van en in is op dat die voor met zijn niet aan er ook bij om naar uit door als maar over
        wordt werd hebben heeft stad russische oekraïense troepen volgens tegen
    """),
    "cs": _words("""
        a v na se je že do s z o k pro jsou byl byla bylo podle ale jako po při který která které město ruské
        ukrajinské síly také už nebo jeho
    """),
    "ro": _words("""
        și în de la a cu pe din că nu este au un o care pentru mai fost sunt lui prin după orașul forțele ruse
        ucrainene sau dar
    """),
    "tr": _words("""
        ve bir bu da de için ile olarak olan çok daha ne gibi kadar sonra rus ukrayna dedi şehri göre ise değil
    """),
    "sv": _words("""
        och att det som på är av för med den till en ett har inte om från han de var vid men under ryska
        ukrainska staden enligt mot efter eller kan
    """),
    # Ukrainian and Russian in Latin letters
    "xlat": _words("""
        ta shcho tse yak iz vid abo ale buv bula bulo buly ye shche vzhe chto eto ot ili byl byla bylo esche
        uzhe pid pislya cherez takozh
    """),
}
_WEAK_LATIN = _words("a i o e y to do no in on de is was war die me he so at an or as en la")


def detect_language(text: str) -> str:
    """`en`, `uk`, `ru`, or `unknown` for anything else and for texts without enough words to tell.

    Looks at the first 1,500 code points. A text of mixed languages is what most of its letters are.
    """
    sample = text[:_SAMPLE]
    found = _WORD.findall(sample.lower())
    latin, cyrillic = (sum(map(len, runs.findall(sample))) for runs in (_LATIN, _CYRILLIC))
    if latin + cyrillic < 3 or sum(map(len, found)) > 2 * (latin + cyrillic):
        return "unknown"
    words = Counter(found)
    return _cyrillic_language(sample, words) if cyrillic >= latin else _latin_language(words)


def _cyrillic_language(sample: str, words: Counter[str]) -> str:
    ukrainian_letters = len(_UKRAINIAN_LETTER.findall(sample))
    russian_letters = len(_RUSSIAN_LETTER.findall(sample))
    others = len(_OTHER_CYRILLIC.findall(sample))
    if others > 2 and others * 10 > ukrainian_letters + russian_letters:
        return "unknown"
    own_words = {
        "uk": _hits(words, _UKRAINIAN),
        "ru": _hits(words, _RUSSIAN),
        "bg": _hits(words, _BULGARIAN),
    }
    # in Russian ъ stands before е, ё, ю, я only; in Bulgarian it is a vowel
    bulgarian = _BULGARIAN_VOWEL.search(sample) or own_words["bg"] > own_words["ru"] + own_words["uk"]
    bulgarian = bulgarian and not _RUSSIAN_OR_UKRAINIAN.search(sample)
    ukrainian = ukrainian_letters + 2 * own_words["uk"]
    russian = russian_letters + 2 * own_words["ru"]
    if bulgarian or ukrainian == russian:
        return "unknown"
    return "uk" if ukrainian > russian else "ru"


def _latin_language(words: Counter[str]) -> str:
    hits = {name: _hits(words, known) for name, known in _LATIN_WORDS.items()}
    best = max(hits, key=lambda name: (hits[name], name == "en"))
    total = sum(words.values())
    if best != "en" or hits["en"] == 0 or (total >= 30 and hits["en"] < 0.1 * total):
        return "unknown"
    rival = max(count for name, count in hits.items() if name != "en")
    return "en" if hits["en"] > rival else "unknown"


def _hits(words: Counter[str], known: frozenset[str]) -> float:
    """How often words of the list occur; words that several languages write alike count a third."""
    return sum((1 / 3 if word in _WEAK_LATIN else 1.0) * words[word] for word in words.keys() & known)
