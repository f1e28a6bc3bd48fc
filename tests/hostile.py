"""Texts that try to do more than be shown, and a corpus in which they stand wherever a stranger's words can.

What runs sets `window.top.__tripped`, asks `trip.invalid` for something, or leaves an element with the attribute `pwn`;
what is only formatted leaves the word `pwn-...` alone in an element. `INTRUDERS` looks for all of it in a frame.
"""

from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from pathlib import Path

from corpus import Corpus
from corpus.corrections.file import CorrectionsFile, DecidedPlace, Decision, decide, own_place_id
from corpus.errors import CorrectionError
from extract.fingerprint import fingerprint
from extract.tokens import Tokens
from extract.types import Article, Choice, Event, Extraction, Mention
from tests.small_corpus import BAKHMUT, extraction, found

_TRIP = "window.top.__tripped="
_LONG = 6_000

PAYLOADS: tuple[tuple[str, str], ...] = (
    ("template literal", "${window.top.__tripped=1}"),
    ("template literal, nested", "${`${window.top.__tripped=2}`}"),
    ("end of a template literal", "`;window.top.__tripped=3;`"),
    ("escaped dollar of a template literal", "\\${window.top.__tripped=4}"),
    ("backslash before a closing backtick", "pwn\\"),
    ("end of a script", "</script><script pwn>window.top.__tripped=5</script>"),
    ("end of a script with a space and capitals", "</ScRiPt ><ScRiPt pwn>window.top.__tripped=6</ScRiPt >"),
    ("comment that opens a script twice", "<!--<script pwn>window.top.__tripped=7//--></script>"),
    ("event handler", "<img pwn src=x onerror=\"window.top.__tripped=8;document.title='x'\">"),
    ("end of an attribute in double quotes", '" pwn onmouseover="window.top.__tripped=9" autofocus onfocus="x'),
    ("end of an attribute in single quotes", "' pwn onmouseover='window.top.__tripped=10' autofocus onfocus='x"),
    ("svg", "<svg pwn onload=window.top.__tripped=11><animate onbegin=window.top.__tripped=11 attributeName=x>"),
    ("math", "<math pwn><maction actiontype=statusline xlink:href=javascript:window.top.__tripped=12>pwn"),
    ("style", "<style pwn>@import 'http://trip.invalid/a.css';body{display:none!important}</style>"),
    ("iframe", '<iframe pwn srcdoc="<script>window.top.__tripped=13</script>"></iframe>'),
    ("meta refresh", '<meta pwn http-equiv=refresh content="0;url=http://trip.invalid/meta">'),
    ("base", "<base pwn href=http://trip.invalid/>"),
    ("object and embed", "<object pwn data=http://trip.invalid/o></object><embed pwn src=http://trip.invalid/e>"),
    ("form", "<form pwn action=http://trip.invalid/f><button autofocus onfocus=window.top.__tripped=14>pwn</form>"),
    ("details", "<details pwn open ontoggle=window.top.__tripped=15>pwn"),
    ("end of a textarea and a title", "</textarea></title><img pwn src=x onerror=window.top.__tripped=16>"),
    (
        "mutation by mglyph",
        "<math><mtext><table><mglyph><style><!--</style><img pwn src onerror=window.top.__tripped=17>",
    ),
    ("mutation by noscript", '<noscript><p title="</noscript><img pwn src=x onerror=window.top.__tripped=18>">'),
    ("javascript address", "javascript:window.top.__tripped=19"),
    ("javascript address with a tab", "java\tscript:window.top.__tripped=20"),
    ("javascript address behind entities", "&#106;avascript&colon;window.top.__tripped=21"),
    ("data address", "data:text/html,<script>window.top.__tripped=22</script>"),
    ("vbscript address", "VBScript:msgbox(1)"),
    ("address that breaks out of its attribute", 'https://trip.invalid/"onmouseover="window.top.__tripped=23"x="'),
    ("address without a scheme", "//trip.invalid/pwn"),
    ("Markdown link", "[pwn-link](javascript:window.top.__tripped=24)"),
    ("Markdown image", "![pwn](http://trip.invalid/image.png)"),
    ("Markdown reference", "[pwn-reference][1]\n\n[1]: http://trip.invalid/reference"),
    ("Markdown autolink", "<http://trip.invalid/autolink>"),
    ("Markdown emphasis, heading, code", "# pwn-head\n**pwn-bold** `pwn-code` ~~pwn-struck~~"),
    ("colour directive", ":red[pwn-red] :blue-background[pwn-blue] :small[pwn-small] :rainbow[pwn-rain]"),
    ("LaTeX", "$\\pwn^2$ $$\\href{javascript:window.top.__tripped=25}{x}$$"),
    ("Streamlit's icons", ":material/bomb: :streamlit: :bomb:"),
    ("template braces", "{{7*7}} {% raw %} {pwn} %s %(pwn)s {0}"),
    ("unicode escapes", "\\u003cimg pwn src=x onerror=window.top.__tripped=26\\u003e \\x3cimg pwn\\x3e"),
    ("end of a JSON string", '"}]}</script>;window.top.__tripped=27;({"a":[{"b":"'),
    ("line separators of JavaScript", "a\u2028window.top.__tripped=28\u2029//"),
    ("null bytes and controls", "pwn\x00\x07\x1b[31m\x7f<im\x00g pwn src=x onerror=window.top.__tripped=29>"),
    ("half of a surrogate pair", "pwn\ud800<img pwn src=x onerror=window.top.__tripped=30>"),
    ("overrides of direction", "\u202egnp.exe\u202c \u2066pwn\u2069"),
    ("characters without width", "p\u200bw\u200dn\ufeff\u00ad"),
    ("formula", '=HYPERLINK("http://trip.invalid/x","pwn")'),
    ("formula that runs", "+cmd|' /C calc'!A0"),
    ("formula behind a tab", "\t@SUM(1+1)"),
    ("entities of XML", '<!DOCTYPE x [<!ENTITY pwn SYSTEM "file:///etc/passwd">]>&pwn;'),
    ("end of a CDATA section", "]]><script pwn>window.top.__tripped=31</script><![CDATA["),
    ("address in CSS", "url(http://trip.invalid/css);}body{background:url(javascript:window.top.__tripped=32)}"),
    ("Vega expression", "datum['pwn'] + warn(window.top.__tripped=33)"),
    ("path of a file", "../../../../etc/passwd%00.txt"),
    ("very long", "pwn " + "Długi\u0301" * (_LONG // 7)),
)
"""What each tries, and the text."""

TEXTS = tuple(text for _, text in PAYLOADS)

INTRUDERS = r"""() => {
  const found = [];
  const all = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
  for (const e of all(document)) {
    if (e.hasAttribute('pwn')) found.push('element ' + e.outerHTML.slice(0, 120));
    for (const a of ['href', 'src', 'action', 'data', 'xlink:href'])
      if (/^\s*(javascript|vbscript|data:text)/i.test(e.getAttribute(a) || ''))
        found.push('address ' + e.outerHTML.slice(0, 120));
    if (e.classList.contains('katex')) found.push('LaTeX ' + e.textContent.slice(0, 60));
    if (!e.children.length && /^pwn-\w+$/.test(e.textContent)) found.push('formatted ' + e.outerHTML.slice(0, 120));
    if (e.dataset.testid === 'stIconMaterial' && /bomb/.test(e.textContent)) found.push('icon');
  }
  if (window.top.__tripped !== undefined) found.push('ran: ' + window.top.__tripped);
  return found;
}"""
"""JavaScript that lists what payloads have left in a document."""


def place_id(number: int) -> str:
    """The id of the place whose name is payload `number`."""
    return f"hostile-{number}"


def _mentions(text: str, payload: str, number: int) -> list[Mention]:
    """The payload's three mentions in `text` (placed, unplaced, ambiguous between two) and Bakhmut's one."""
    place = (place_id(number), payload, "town", 46.5 + number % 12 / 3, 31 + number // 12)
    first = found(text, payload, place, reason=payload)
    at = text.index(payload, first.end)
    unplaced = Mention(at, at + len(payload), payload, "unplaced", "location", 0.5, payload)
    at = text.index(payload, unplaced.end)
    _, name, kind, lat, lon = place
    choices = tuple(Choice(place_id(n), f"{name} {n}", kind, lat, lon, 0.5) for n in (number, number + 1))
    unsure = replace(first, start=at, end=at + len(payload), status="ambiguous", confidence=0.4, candidates=choices)
    return [first, unplaced, unsure, found(text, "Bakhmut", BAKHMUT, reason=payload)]


def articles() -> list[Extraction]:
    """One article a payload, which is its title, source, address, cited outlet, origin, speaker and place."""
    made = []
    for number, payload in enumerate(TEXTS):
        text = f"{payload} was seen near Bakhmut on Monday. {payload} fell quiet. Officials said {payload} was held."
        day = Date(2023, 1, 1) + timedelta(days=number)
        article = Article(
            f"h{number}", text, payload, payload, day, "stated", payload, payload, "en", (payload,), payload
        )
        said = Event(0, len(payload), "capture", BAKHMUT[0], "russia", "claimed", payload)
        made.append(replace(extraction(article, *_mentions(text, payload, number)), events=(said,)))
    return made


def copies() -> list[Extraction]:
    """Two copies of one story that holds every payload in title, source, address and text, with other words between."""
    whole = " | ".join(TEXTS)
    made = []
    for number in (0, 1):
        lines = [f"{payload} was {'seen' if number else 'heard'} again there." for payload in TEXTS]
        text = "\n".join([*lines, "The road to Bakhmut was closed for most of the week, and the bridge stayed shut."])
        places = [(place_id(at), payload, "town", 48.0, 33.0) for at, payload in enumerate(TEXTS)]
        mentions = [found(text, payload, place, reason=payload) for payload, place in zip(TEXTS, places, strict=True)]
        article = Article(f"all{number}", text, f"{number} {whole}", f"{number} {whole}", Date(2023, 4, 1), url=whole)
        one = extraction(article, *mentions, found(text, "Bakhmut", BAKHMUT))
        made.append(replace(one, fingerprint=fingerprint(Tokens(text))))
    return made


def decisions() -> list[Decision]:
    """Places added by hand, sources and notes that are payloads, as far as a decision may hold them."""
    made = []
    for number, (one, payload) in enumerate(zip(articles(), TEXTS, strict=True)):
        told = {"who": payload, "why": payload}
        article_id = one.article.article_id
        try:
            name = " ".join(payload.split())
            place = DecidedPlace(
                id=own_place_id(name, 47, 35), name=name, kind="village", lat=47, lon=35, source=payload
            )
            target = {"scope": "article", "article_id": article_id, "name": payload, "was": ""}
            kinds = (("new_place", place, target), ("source", payload, {"scope": "article", "article_id": article_id}))
            action, value, about = kinds[number % 2]
            made.append(decide(action, value=value, **about, **told))
        except CorrectionError:
            # refused at the door: then it can be nowhere else
            continue
    return made


def build(folder: Path) -> Path:
    """The whole corpus in `folder`, which it gives back."""
    Corpus(folder).add([*articles(), *copies()])
    CorrectionsFile(folder).append(decisions())
    return folder
