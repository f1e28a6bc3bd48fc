"""Scraps of the page around an article: "Read next: ...", "Advertisement", a lone "News". Captions are content."""

import re

_LINE = re.compile(r"[^\r\n]+")
_LONGEST_LABEL = 40
_LONGEST_LINE = 300

# A label that opens the line and is followed by a colon, a dash or a title: what it points to belongs to another page.
_POINTER = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:read|watch|see|listen)\s+(?:next|more|also|too|now)
      | (?:also|more)\s+(?:read|from|on|in)(?=\s*[:|–—-])
      | (?:you\s+(?:may|might)\s+also\s+like | recommended(?:\s+(?:reading|stories|for\s+you))?
      | editor['’]?s['’]?\s+(?:picks?|choice))
      | related(?:\s+(?:articles?|stor(?:y|ies)|news|topics?|content|coverage|links?|posts?))?
      | see\s+also | don['’]t\s+miss | must[\s-]read | trending(?:\s+now)? | most\s+(?:read|popular)
      | top\s+stories | up\s+next
      | previous\s+(?:article|post|story) | next\s+(?:article|post|story) | more\s+stories | latest\s+(?:news
      |stories|updates)
      | full\s+story | in\s+other\s+news | further\s+reading | explore\s+more
      | читайте\s+(?:також|також\s+на\s+тему|ще|далі|більше|также|ещё|еще|далее|больше|подробнее)
      | (?:дивіться|смотрите|слушайте|слухайте)\s+(?:також|также|ще|ещё|еще)
      | (?:також|также)\s+(?:читайте|дивіться|смотрите)
      | (?:по|за)\s+тем[еіи] | (?:матеріали|материалы|новини|новости)\s+(?:по|за)\s+тем[еіи]
      | (?:вам\s+може|вам\s+может)\s+(?:бути|быть|сподобатися|понравиться)[^:]{0,20}
      | (?:головні|главные|останні|последние)\s+(?:новини|новости) | нагадаємо\s+також\s+читайте
      | детальніше\s+читайте | подробнее\s+читайте
    )\s*(?P<rest>[:|–—>»…-].*|)$"""
)
# The same labels without any mark between them and the title, safe only where the label cannot open a sentence.
_BARE_POINTER = re.compile(
    r"(?:^|(?<=\s))(?:READ (?:NEXT|MORE|ALSO)|ALSO READ|SEE ALSO|ЧИТАЙТЕ (?:ТАКОЖ|ТАКЖЕ)|ДИВІТЬСЯ ТАКОЖ"
    r"|СМОТРИТЕ ТАКЖЕ)\b"
)
# Whole lines that ask or announce something of the reader's.
_APPEAL = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:advertisement|advertising|sponsored(?:\s+content)?|promoted(?:\s+content)?|реклама|ads?\s+by\s+\w+)
      | (?:continue\s+reading(?:\s+the\s+main\s+story)?|story\s+continues(?:\s+below)?(?:\s+advertisement)?
      |scroll\s+to\s+continue
          |article\s+continues\s+(?:below|after)\b.*|skip\s+(?:advertisement|to\s+(?:main\s+)?content).*)
      | follow\s+(?:us|our|@?\w+)\b(?=.*\b(?:on|channel|telegram|twitter|facebook|instagram|youtube|x|whatsapp
      |google|for)\b).*
      | follow\s+us
      | (?:subscribe|sign\s+up)(?:\s+(?:now|today|here|to|for|on)\b.*)?
      | (?:share|tweet|print|e-?mail|save|copy\s+link|comments?|leave\s+a\s+comment|\d+\s+comments?
      |share\s+(?:this|on|via|article|story).*)
      | (?:join|support)\s+(?:us|our|the)\b(?=.*\b(?:telegram|channel|newsletter|community|journalism|whatsapp
      |discord|patreon|today|now)\b).*
      | (?:download|get)\s+(?:the|our)\b(?=.*\b(?:app|newsletter)\b).*
      | (?:click|tap)\s+here\b.* | (?:all\s+rights\s+reserved|©|\(c\)\s*\d{4}|copyright\b).* | back\s+to\s+top
      | load\s+more | show\s+more
      | (?:cookie|privacy)\s+(?:policy|settings|notice) | terms\s+(?:of\s+(?:use|service)|and\s+conditions)
      | log\s*in | sign\s+in | menu | search
      | (?:підписуйтесь|підписуйтеся|підпишіться|підписатися|подписывайтесь|подпишитесь|подписаться|долучайтесь
      |долучайтеся|приєднуйтесь
          |приєднуйтеся|присоединяйтесь|следите\s+за|слідкуйте\s+за|стежте\s+за)\b.*
      | (?:поділитися|поделиться|поширити|коментарі|комментарии|усі\s+новини|все\s+новости|меню|пошук|поиск)
      | (?:якщо\s+ви\s+(?:знайшли|помітили)|если\s+вы\s+(?:нашли|заметили))\b(?=.*\b(?:помилку|ошибку|ctrl)\b).*
    )[\W_]*$"""
)
# A section's name alone on its line.
_SECTION = re.compile(
    r"""(?ix)^[\W_]*(?:
      (?:world|latest|breaking|local|national|international|top|war|ukraine|europe|uk|us|live)?\s*news | world
      | politics | opinion
      | business | sports? | culture | analysis | home | homepage | europe\s+news | breaking | live
      | live\s+updates | latest | video | videos
      | photos? | gallery | war\s+in\s+ukraine | ukraine\s+war | russia[\s-]ukraine\s+war | editorial
      | features? | magazine | podcasts?
      | newsletters? | topics? | tags? | explainer | exclusive | in\s+depth | long\s+read
      | новини | новости | світ | мир | війна | война | політика | политика | суспільство | общество | головна
      | главная | головне | главное
      | економіка | экономика | події | происшествия | відео | видео | фото | аналітика | аналитика
      | інтерв['’ʼ]ю | интервью | усі\s+новини
    )[\W_]*$"""
)


def find_scraps(text: str) -> tuple[tuple[int, int], ...]:
    """Spans (start, end) of whole lines, without their line breaks, that belong to the page and not to the article."""
    return tuple(match.span() for match in _LINE.finditer(text) if is_scrap(match.group()))


def is_scrap(line: str) -> bool:
    """Whether one line is navigation, advertising or an appeal to the reader."""
    line = line.strip()
    if not line or len(line) > _LONGEST_LINE:
        return False
    if len(line) <= _LONGEST_LABEL and _SECTION.match(line):
        return True
    if _APPEAL.match(line):
        return True
    return _POINTER.match(line) is not None or _BARE_POINTER.match(line.lstrip("*_#>-–—•▶➡👉 \t")) is not None
