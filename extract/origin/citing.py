"""How English, Ukrainian and Russian reports say that they have something from an outlet.

`leans_on` looks at the words just before and just after an outlet's name. It knows nothing of outlets themselves.
"""

import re

_REACH = 160
_PARAGRAPH = re.compile(r"\n\s*\n")
_SPACES = re.compile(r"\s+")


def _any(words: str) -> str:
    """An alternation of the blank-separated `words`; `_` stands for a blank inside one."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


_MEDIA = _any("""
    news state state-run state-owned state-controlled state-funded state-backed pro-government pro-Kremlin
    government-owned independent public private local national international regional official opposition exiled
    business financial influential respected conservative liberal tabloid weekly daily online investigative
    leading popular military open-source mapping monitoring agency agencies newswire wire wires newspaper
    newspapers paper magazine journal broadcaster television TV radio channel channels outlet outlets website
    site portal network station service media organisation organization publication platform programme program
    podcast group project blog blogger milblogger Telegram tank thinktank think-tank think analysts institute
""")
_PEOPLE = _any(
    "reporters? journalists? correspondents? anchors? presenters? interviewer editors? witness(?:es)? team crew"
)
_DESCRIBED = (
    r"(?:(?:the|a|an|its|their|his|her|another|several|both) )?"
    rf"(?:(?:{_MEDIA}|US|U\.S\.|UK|EU|[A-Z][a-z]+(?:an|ish|ese|ench|utch|eek|wiss|aeli|raqi)"
    rf"|[A-Z][\w-]+['’]s|[\w.]+-(?:based|language|run|owned|backed)|{_PEOPLE}(?: (?:from|of|at|for"
    rf"|with))?),? ){{0,6}}"
    r"[“\"«‘(]?(?:[Tt]he )?[“\"«‘]?\Z"
)
_WORK = _any("""
    reports? reporting stor(?:y|ies) articles? analys[ie]s investigations? footage data figures tally count
    maps? surveys? polls? editorials? op-eds? assessments? accounts? dispatch(?:es)? updates? images estimates?
    calculations? research verification findings documentary column commentary
""")
_EXCHANGE = _any(
    "interview interviews comments comment remarks statement conversation column op-ed article essay piece"
)
_BEFORE_EN = re.compile(
    r"(?:(?i:\b(?:according to|as per|per|citing|cites?|quoting|quotes|quoted|told|tells?|telling|informed|relayed by"
    r"|(?:as|was|were|been|first|also|previously|initially|and|is|are) (?:cited|quoted|reported|carried|published)"
    r"(?: as \w+)?(?: on \w+)? by"
    r"|(?:reported|cited|quoted|carried|seen|reviewed|obtained|conducted|compiled|released|aired|broadcast"
    r"|interviewed|analysed"
    r"|analyzed|collected|gathered|documented|geolocated|circulated|commissioned|posted|shared|contacted|asked"
    r"|tracked|counted)"
    r"(?: on \w+)? by"
    r"|(?:spoke|speaking|spoken|talked|talking)(?: \w+ \w+)? (?:to|with|on)"
    r"|(?:said|confirmed|explained|commented|revealed|admitted|acknowledged|stated|complained|appearing|appeared"
    r"|added|warned)"
    r"(?: \w+day)? (?:to|on)|(?:wrote|writes|writing|said|argued|argues) in"
    r"|(?:gave|given|giving|granted) (?:an? )?(?:[\w-]+ )?interview to"
    r"|(?:\bin|,) (?:[\w’'-]+ ){0,5}?" + _EXCHANGE + r"(?: (?:published|broadcast|aired|given))?"
    r"(?: on \w+day| this week| last week)? (?:with|to|for|in|by|on)"
    rf"|{_WORK} (?:(?:published|released|aired|broadcast|compiled|carried|produced) )?(?:on \w+day )?(?:by|from|in)"
    r"|(?:questions?|enquir(?:y|ies)|inquir(?:y|ies)|requests?) from|sources?:)) )" + _DESCRIBED
)
_TOLD_PERSON = re.compile(r"\b(?:told|tells) (?:[A-Z][\w’'-]+ ){1,3}(?:of|on|from|at|with) (?:the )?[“\"«]?\Z")
_NEVER_BEFORE = re.compile(
    r"\b(?:verif(?:y|ied) by|confirmed by|contributor to|works? (?:for|at)|worked (?:for|at)|writes for"
    r"|written for|wrote for)"
    r" (?:the )?\Z"
)
_APPOSED = re.compile(r", (?:the )?\Z")
_CAREER = re.compile(r"\b(?:is|was|as|been|former|ex|detained|arrested|jailed|the) (?:an? )?(?:[a-z-]+ )?\Z")

_VERB = _any("""
    reports? reported reporting says? said writes? wrote describes? described quotes? quoted cites? cited notes
    noted reveals? revealed argues? argued asserts? asserted assesses assess assessed claims? claimed provided
    provides confirms? confirmed found finds estimates? estimated aired broadcasts? shows showed shown announced
    learned learnt understands verified geolocated observed observes suggests suggested concludes? concluded
    explains? explained states? stated warns? warned believes? believed forecasts? tweeted posted interviewed
    spoke obtained has_seen saw counted documented identified mapped published publishes adds? added recorded
    told called calls put puts reckons calculated analysed analyzed predicted predicts points_out pointed_out
    maintains maintained emphasised emphasized highlighted stressed recalled writes heard witnessed tracked
    lists? listed indicated indicates judged judges attributed names? named visited
""")
_TIME = (
    r"(?:on \w+day|(?:last|this|earlier this|later this) \w+|\w+day"
    r"|in (?:its|an?|their|his|her|the) (?:[\w-]+ ){0,3}[\w-]+)"
)
_ADVERB = r"(?:also|has|have|had|is|was|are|were|earlier|later|then|first|since|now|still|meanwhile|[a-z]+ly)"
_TAIL = rf"(?:(?: {_MEDIA})*)"
_APPOSITION = r"(?:, (?:an?|the|which|whose|citing|quoting|in) [^.;:!?]{2,90}?,)?"
_AFTER_EN = re.compile(
    rf"[”\"»’]?(?: \([A-Z]{{2,6}}\))?{_TAIL}{_APPOSITION}(?:,? (?:{_ADVERB}|{_TIME}),?)*? {_VERB}\b"
    rf"|['’]s?(?: [\w-]+){{0,3}}? {_WORK}\b"
    rf"|['’]s(?:,?(?: and)? [A-Z][\w.’'-]*){{1,10}},? {_VERB}\b"
    rf"|{_TAIL} (?:{_WORK}|interview)\b"
    r"|,? (?:citing|quoting)\b"
)
_AFTER_EN_PEOPLE = re.compile(rf"(?:['’]s?)? (?:{_PEOPLE})(?: [\w’'-]+){{0,7}}? {_VERB}\b")

_STEMS = _any("""
    агент агенц видан издан канал газет журнал портал кореспонд корреспонд сайт проєкт проект служб аналіт
    аналит радіо радио інститут институт мовник телеком держав госуд державн російськ российск українськ
    украинск американськ американск британськ британск німецьк немецк французьк французск польськ польск ізраїль
    израиль інформ информ медіа медиа сми змі новин незалежн независим моніторинг мониторинг телеграм telegram
    джерел источник посилан ссылк видавн видання західн западн міжнародн международн телебач телевид військов
    военн колег
""")
_BEFORE_CYR = re.compile(
    r"(?i:(?:\b(?:повідом(?:ляє|ляють|ляв|ляла|или|ила|ив|ило|лено)|пиш[еу]ть?|пише|напис(?:ав|ала|али|ало)"
    r"|переда(?:є|ють|ють|в|ла|ли|ло)"
    r"|інформу(?:є|ють|вав|вало)|розпові(?:в|ла|ли|дає|дають|ло)|зазнача(?:є|ють)|зазначи(?:в|ла|ли)|цитує"
    r"|наводить|наводять|каже|кажуть"
    r"|сказа(?:в|ла|ли)|заяви(?:в|ла|ли)|уточнює|стверджу(?:є|ють)|підтверди(?:в|ла|ли)|пояснюють"
    r"|прокоментува(?:в|ла|ли)|поділи(?:вся|лася)"
    r"|за (?:даними|інформацією|словами|оцінк(?:ою|ами)|повідомленням|матеріалами|підрахунками)|(?:з "
    r"|із )?посилан(?:ням|ня) на"
    r"|посилаючись на|згідно (?:з|із)|як пише|джерело:?|джерела:|(?:в|у) (?:інтерв['’ʼ]ю|коментарі|ефірі|етері"
    r"|розмові|матеріалі|звіті|зведенні)"
    r"|сообща(?:ет|ют|л|ла|ло|ли)|сообщил[аио]?|пиш(?:ет|ут)|написал[аио]?|переда(?:ет|ёт|ют)|передал[аио]?"
    r"|информиру(?:ет|ют)"
    r"|рассказ(?:ал|ала|али|ало|ывает|ывают)|отмеча(?:ет|ют)|отметил[аио]?|цитирует|приводит|утвержда(?:ет|ют)"
    r"|говор(?:ит|ят)"
    r"|сказал[аио]?|заявил[аио]?|уточня(?:ет|ют)|подтвердил[аио]?|пояснил[аио]?|прокомментировал[аио]?"
    r"|поделил(?:ся|ась)"
    r"|по (?:данным|информации|словам|оценк(?:е|ам)|сообщени(?:ю|ям)|подсч[её]там)|со? ссылк(?:ой|ами) на"
    r"|ссылаясь на|согласно"
    r"|источник:?|в (?:интервью|комментарии|эфире|беседе|разговоре|материале|отч[её]те|сводке)))(?: (?:в|у|про це"
    r"|об этом|для|виданню|изданию|телеканалу))? )"
    rf"(?:(?i:{_STEMS}\w*|з|із|с|на|в|у|для|від|от) ){{0,5}}[«“\"„(]?\Z"
)
_VERB_CYR = _any("""
    повідомля\\w+ повідоми\\w+ пиш\\w+ написа\\w+ переда\\w+ інформу\\w+ розпові\\w+ зазнача\\w+ зазначи\\w+
    цитує наводить опубліку\\w+ публікує вважа\\w+ каж\\w+ сказа\\w+ заяви\\w+ уточню\\w+ стверджу\\w+
    підтверди\\w+ підтверджу\\w+ з['’ʼ]ясува\\w+ оціню\\w+ сообща\\w+ сообщил\\w* информиру\\w+ рассказ\\w+
    отмеча\\w+ отметил\\w* цитирует приводит опубликова\\w+ публикует счита\\w+ говор\\w+ заявил\\w*
    утвержда\\w+ уточня\\w+ подтвержд\\w+ подтвердил\\w* выяснил\\w* оценива\\w+ нагаду\\w+ напомина\\w+
    показа\\w+ виявил\\w* обнаружил\\w* назва\\w+ прогнозу\\w+ прогнозиру\\w+ фіксує фиксирует припуска\\w+
    предполага\\w+ констатує\\w* констатиру\\w+ дізна\\w+ узнал\\w* підрахува\\w+ посчита\\w+ подсчита\\w+
""")
_AFTER_CYR = re.compile(
    rf"[”\"»]?(?: \([^()]{{2,12}}\))?(?: (?:також|також раніше|раніше|також|уже|вже|також|также|ранее|позже"
    rf"|пізніше|тепер|у|в"
    rf"|(?:свой|своєму|своем|своём|новом|новому|останньому|последнем)|зведенні|звіті|сводке|отч[её]те|матеріалі"
    rf"|материале)){{0,4}} (?i:{_VERB_CYR})\b"
    r"|[”\"»]?,? (?:з |із |со? )?(?:посиланням|посилаючись|ссылкой|ссылаясь) на\b"
)
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
_LINE_CREDIT = re.compile(r"(?:^|\n)[^\n]*[а-яёіїєґА-ЯЁІЇЄҐ][^\n]*\s[-–—]\s*[«“\"]?\Z")

_CLOSING_CREDIT = re.compile(r"[.!?][”\"»]?\s+\Z")
_WIRE_MARK = re.compile(r"(?:^|\s)/\Z")
_CLOSED = re.compile(r"(?:,? [^()\[\]]{0,20}\d{4})?[)\]]")


def leans_on(text: str, start: int, end: int, *, language: str = "en") -> bool:
    """Whether the text leans on the outlet, or the row of outlets, named at the code points [start, end).

    `language` is a hint only: Cyrillic wording is tried for Ukrainian and Russian, and wherever such letters surround
    the name; English wording always, since it costs little and posts mix languages.
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    before, after = _PARAGRAPH.split(before)[-1], _PARAGRAPH.split(after)[0]
    if _credited(text, before, after, start):
        return True
    before, after = _SPACES.sub(" ", before), _SPACES.sub(" ", after)
    if (language in ("uk", "ru") or _CYRILLIC.search(before + after)) and _leans_cyrillic(before, after):
        return True
    return _leans_english(before, after)


def _credited(text: str, before: str, after: str, start: int) -> bool:
    """`(Reuters)`, `/TASS/`, `ISW: ...` opening a line, `... — ISW` closing a Cyrillic one, `... . AP`."""
    if before.endswith(("(", "[")) and _CLOSED.match(after) or _WIRE_MARK.search(before) and after.startswith("/"):
        return True
    opens_line = start == 0 or before.endswith("\n") or not before
    if opens_line and re.match(r"[”\"»]?: \S", after):
        return True
    ends_line = not after.strip(' .”"»') or re.match(r"[”\"»]?\.?\s*\n", after) is not None
    return ends_line and (_LINE_CREDIT.search(before) or _CLOSING_CREDIT.search(before)) is not None


def _leans_english(before: str, after: str) -> bool:
    if _NEVER_BEFORE.search(before):
        return False
    if _BEFORE_EN.search(before) or _TOLD_PERSON.search(before) or _AFTER_EN.match(after):
        return True
    if _APPOSED.search(before) and after.startswith(", ") and _AFTER_EN.match(after[1:]):
        return True
    return _AFTER_EN_PEOPLE.match(after) is not None and _CAREER.search(before) is None


def _leans_cyrillic(before: str, after: str) -> bool:
    return _BEFORE_CYR.search(before) is not None or _AFTER_CYR.match(after) is not None
