"""What a text says of its own origin: an agency's dateline, an owner's copyright line, a line with its address."""

import re

from extract.dates.date_forms import MONTH
from extract.dates.stated import is_date_line
from extract.origin.sites import known_outlet

_HEAD, _TAIL, _LONGEST_NAME = 600, 400, 60
_LINES = re.compile(r"[^\r\n]+")
_CAPITAL = "A-ZА-ЯЁІЇЄҐ"
_MONTH = MONTH.replace("?P<month>", "?:")
_DAY = rf"(?:\d{{1,2}}\s+(?i:{_MONTH})|(?i:{_MONTH})\s*\d{{1,2}})(?:,?\s+\d{{4}})?(?:\s+(?:року|года|р\.|г\.))?"
_DASH = r"\s*(?:\([^()\n]{2,30}\)\s*)?[–—-]+\s"
_WORD = rf"(?:[{_CAPITAL}\d][\w.'’ʼ-]*|of|the|on|de|на|{_DAY})"
_PLACE = rf"\W*[{_CAPITAL}][\w.'’ʼ-]*(?:[ ,]+{_WORD}){{0,8}}"
_DATELINES = tuple(
    re.compile(form)
    for form in (
        rf"{_PLACE}[ ,.]*\((?P<agency>[^()\n]{{2,30}})\)(?:{_DASH}|\s*[.:]\s)",
        rf"{_PLACE}[ ,.–—-]*/(?P<agency>[^/\n]{{2,30}})/",
        rf"\W*\(?(?P<agency>[{_CAPITAL}][\w .-]{{1,28}}?)\)?{_DASH}(?=[{_CAPITAL}\W])",
        rf"\W*[{_CAPITAL}][\w.'’ʼ -]{{1,40}}?[.,]\s+{_DAY}\.?\s*(?:[–—-]+\s*|\s)"
        rf"(?P<agency>[{_CAPITAL}][^\n.,–—]{{1,28}}?)(?:\.\s+(?=[{_CAPITAL}«\"“])|{_DASH})",
    )
)
_OWNER = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*\d{2,4})?[,.]?\s*)?(?:by\s+)?"
    r"(?P<owner>[^\n|,.!]{2,60})",
    re.IGNORECASE,
)
_ADDRESS_LINE = re.compile(
    r"\W*(?:(?P<label>source|url|link|original(?:\s+(?:article|link|url))?|джерело|посилання|оригінал|источник|ссылка"
    r"|оригинал|адреса|адрес)\s*[:–—-]\s*)?<?(?P<url>https?://[^\s<>\"]+?)>?[\s.]*",
    re.IGNORECASE,
)


def stated_source(text: str) -> str:
    """The outlet whose the text is by its own word; empty when it says none of the table's, or several."""
    agencies = {agency for line in _LINES.findall(text[:_HEAD]) if (agency := _agency(line))}
    owners = {
        owner
        for part in (text[:_HEAD], text[-_TAIL:])
        for match in _OWNER.finditer(part)
        if (owner := known_outlet(_plain(match["owner"])))
    }
    for found in (agencies, owners):
        if found:
            return found.pop() if len(found) == 1 else ""
    return ""


def _agency(line: str) -> str:
    # beside its date the outlet is the publisher, not somebody quoted
    name = line.partition(",")[0].strip(" *_>#")
    if len(name) <= _LONGEST_NAME and is_date_line(line) and known_outlet(name):
        return known_outlet(name)
    for form in _DATELINES:
        match = form.match(line)
        agency = known_outlet(_plain(match["agency"])) if match else ""
        if agency:
            return agency
    return ""


def _plain(name: str) -> str:
    return re.sub(r"(?i)\s*(?:all rights reserved|усі права захищен\w*|все права защищен\w*).*", "", name).strip(
        ' .«»"“”'
    )


def stated_url(text: str) -> str:
    """The address that the text gives as its own: on one of its first two lines, or labelled on one of its last three.
    Empty when it gives none, or several."""
    # the last line of a short text may lead anywhere
    lines = [line for line in _LINES.findall(text[:_HEAD]) if line.strip()][:-1][:2]
    last = [line for line in _LINES.findall(text[-_TAIL:]) if line.strip()][-3:]
    found = {match["url"] for line in lines if (match := _ADDRESS_LINE.fullmatch(line))}
    found |= {match["url"] for line in last if (match := _ADDRESS_LINE.fullmatch(line)) and match["label"]}
    return found.pop() if len(found) == 1 else ""
