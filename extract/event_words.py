"""What a word can do in a sentence about fighting: trigger an event, name a side, change what is meant.

English words are listed as they stand, Ukrainian and Russian ones by their beginnings (`обстрі*`). `word_of` gives
what is known of one folded word; most words give None. Tables only: what follows from them is in `event_clauses`.
"""

from dataclasses import dataclass

RUSSIA, UKRAINE, OTHER, UNKNOWN = "russia", "ukraine", "other", "unknown"
KINDS = (
    "fighting", "shelling", "advance", "encirclement", "capture", "withdrawal", "defence", "counterattack",
    "evacuation", "visit",
)  # fmt: skip

# How a trigger takes its place and its side. VERB: acts on the place (object, or subject when passive). GO: moves or
# fights by a preposition (advance on, withdraw from). FALL: the place is the subject and its loser the side's foe.
# LOSE: an object lost to the foe. NOUN: a thing of the place (the fall of, fighting near).
VERB, GO, FALL, LOSE, NOUN = "verb", "go", "fall", "lose", "noun"


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a word may tell of. `form`: base, s, ing, ed (past or participle), part (participle only), noun.

    `needs`: words one of which must follow within three (pull *back*). `joins`: prepositions that may lead to the
    place. `strict`: the place itself must be the object; otherwise anything in or near it may be. `side`: whose deed
    it is when nothing says so: the holder's foe (`foe`), the country's own (`own`) or nobody's (empty).
    """

    kind: str
    frame: str
    form: str
    needs: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    strict: bool = False
    side: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """`side` with `noun` (stands alone: Moscow, Wagner) or as an adjective; `tag`: one of the sets below."""

    triggers: tuple[Trigger, ...] = ()
    side: str = ""
    noun: bool = False
    tag: str = ""


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_IN = "in near at around outside inside within across on along close south north east west southeast northeast southwest northwest"
_TO = "to toward towards into on onto through"
# kind | frame | strict or loose | default side | prepositions | base, 3rd person, -ing, past, participle | needed after
_ENGLISH_VERBS = f"""
capture|verb|strict|||capture captures capturing captured captured|
capture|verb|strict|||seize seizes seizing seized seized|
capture|verb|strict|||take takes taking took taken|
capture|verb|strict||of over|take takes taking took taken|control
capture|verb|strict||of over|seize seizes seizing seized seized|control
capture|verb|strict||of over|gain gains gaining gained gained|control
capture|verb|strict||of over|establish establishes establishing established established|control
capture|verb|strict|foe||occupy occupies occupying occupied occupied|
capture|verb|strict|own||liberate liberates liberating liberated liberated|
capture|verb|strict|own||recapture recaptures recapturing recaptured recaptured|
capture|verb|strict|own||retake retakes retaking retook retaken|
capture|verb|strict|own||reclaim reclaims reclaiming reclaimed reclaimed|
capture|verb|strict|own||regain regains regaining regained regained|
capture|verb|strict|||conquer conquers conquering conquered conquered|
capture|verb|strict|||overrun overruns overrunning overran overrun|
capture|verb|strict|||control controls controlling controlled controlled|
capture|fall|strict|foe||fall falls falling fell fallen|
capture|lose|strict|foe||lose loses losing lost lost|
encirclement|verb|strict|||encircle encircles encircling encircled encircled|
encirclement|verb|strict|||surround surrounds surrounding surrounded surrounded|
encirclement|verb|strict|||besiege besieges besieging besieged besieged|
encirclement|verb|strict|||envelop envelops enveloping enveloped enveloped|
encirclement|verb|strict|||cut cuts cutting cut cut|off
shelling|verb|loose|||shell shells shelling shelled shelled|
shelling|verb|loose|||bombard bombards bombarding bombarded bombarded|
shelling|verb|loose|||bomb bombs bombing bombed bombed|
shelling|verb|loose|||pound pounds pounding pounded pounded|
shelling|verb|loose||{_IN}|hit hits hitting hit hit|
shelling|verb|loose||{_IN}|strike strikes striking struck struck|
shelling|verb|loose|||pummel pummels pummelling pummelled pummelled|
fighting|verb|loose|||attack attacks attacking attacked attacked|
fighting|verb|loose|||assault assaults assaulting assaulted assaulted|
fighting|verb|loose|||storm storms storming stormed stormed|
fighting|go|loose||{_IN} for over|fight fights fighting fought fought|
fighting|go|loose||{_IN} for over|battle battles battling battled battled|
fighting|go|loose||{_IN} for over|clash clashes clashing clashed clashed|
advance|go|loose||{_IN} {_TO}|advance advances advancing advanced advanced|
advance|go|loose||{_TO}|push pushes pushing pushed pushed|toward towards into north south east west forward deeper further
advance|go|loose||{_IN} {_TO} as|press presses pressing pressed pressed|forth forward ahead toward towards on
advance|go|loose||{_TO}|move moves moving moved moved|on toward towards forward into
advance|go|loose||on|close closes closing closed closed|in
advance|go|loose||to|edge edges edging edged edged|closer toward towards
advance|go|loose||{_TO}|creep creeps creeping crept crept|toward towards closer
advance|go|loose||{_TO}|break breaks breaking broke broken|into through
advance|verb|strict|||enter enters entering entered entered|
advance|verb|strict|||reach reaches reaching reached reached|
advance|verb|strict||in near at around|gain gains gaining gained gained|foothold ground
withdrawal|go|loose||from across of to|withdraw withdraws withdrawing withdrew withdrawn|
withdrawal|go|loose||from|retreat retreats retreating retreated retreated|
withdrawal|go|loose||from of|pull pulls pulling pulled pulled|back out
withdrawal|go|loose||from|fall falls falling fell fallen|back
withdrawal|go|loose||from|back backs backing backed backed|away
withdrawal|verb|strict|||leave leaves leaving left left|
withdrawal|verb|strict|||abandon abandons abandoning abandoned abandoned|
withdrawal|go|loose||from|flee flees fleeing fled fled|
defence|verb|loose||in|defend defends defending defended defended|
defence|verb|strict|||hold holds holding held held|
defence|go|loose||{_IN} for|hold holds holding held held|out on onto off
defence|verb|loose||{_IN}|repel repels repelling repelled repelled|
defence|verb|loose||{_IN}|repulse repulses repulsing repulsed repulsed|
counterattack|go|loose||{_IN}|counterattack counterattacks counterattacking counterattacked counterattacked|
evacuation|verb|loose||from|evacuate evacuates evacuating evacuated evacuated|
visit|verb|loose||{_IN}|visit visits visiting visited visited|
visit|go|strict||in at to|travel travels travelling travelled travelled|
visit|go|strict||in at|arrive arrives arriving arrived arrived|
"""
_ENGLISH_NOUNS = f"""
capture|strict||of|capture seizure takeover conquest
capture|strict|foe|of|fall loss occupation
capture|strict|own|of|liberation recapture retaking
capture|strict||of over|control|full complete total
encirclement|strict||of on at around|siege encirclement blockade
shelling|loose||of on against {_IN}|shelling bombardment bombing shellfire strike strikes barrage airstrike airstrikes
fighting|loose||of for on against over {_IN}|fighting battle battles combat clashes firefights firefight attack attacks assault assaults
advance|loose||{_IN} {_TO} from|advance advances push thrust offensive
withdrawal|strict||from of|withdrawal retreat pullback pullout departure
defence|strict||of|defence defense
counterattack|loose||{_IN}|counterattack counterattacks counteroffensive counteroffensives counterattacking
evacuation|strict||of from in|evacuation evacuations
visit|strict||to|visit trip
"""
# Ukrainian and Russian: beginnings of words. kind | frame | strict | default side | prepositions | beginnings
_CYR_IN = "в у на біля під поблизу за навколо возле около под районі районе районах околицях окраине окраинах напрямку направлении околиці околиць західніше східніше північніше південніше западнее восточнее севернее южнее"
_CYR_VERBS = f"""
capture|verb|strict|||захопил* захопле* захопит* захопив захоплює* захоплюют* захватил* захвати* захваче* захватыва*
capture|verb|strict|||взял взяли взяла взяло взяв узяли узяла взят взята взято взяты взять взяти берут
capture|verb|strict|foe||окупував окупувал* окупован* оккупировал* оккупирован*
capture|verb|strict|own||звільнив звільнил* звільнен* звільнит* звільня* освободил* освободит* освобожден* освобожда*
capture|verb|strict|own||відбил* повернул* деокупував деокупувал* деокупован* отбил* отбит*
capture|verb|strict||над|контролює контролюют* контролирует контролируют
capture|fall|strict|foe||пав пало впав упав пала пал
capture|lose|strict|foe||втратил* втратив потерял* утратил*
encirclement|verb|strict|||оточил* оточив оточен* оточит* оточуют* окружил* окружен* окружит* окружают окружает
shelling|verb|loose||по {_CYR_IN}|обстріля* обстрілює обстрілюю* обстрілював обстрілювал* обстрелял* обстрелива* бомбардув* бомбил* бомблят* бомбили
shelling|go|loose||по {_CYR_IN}|вдарил* вдарив ударил* ударив гатил* гатив поцілил* поцілив влучил* влучив атакував атакувал* атаковал* нанес* завдал* завдав
fighting|verb|loose|||штурмує штурмуют* штурмувал* штурмував штурмует штурмую* штурмовал*
fighting|go|loose||{_CYR_IN}|воює воюют* воюет
advance|go|loose||до к на через {_CYR_IN}|наступає наступают* наступал* наступав наступає* наступает просунул* просунувс* просувают* просуває* продвинул* продвига* прорвал* прорвав* просочил*
advance|go|strict||до к в у на|увійшл* увійшов ввійшл* зайшл* зайшов вошли вошел вошла зашли
withdrawal|go|strict||з із зі з-під из с из-под від от|відступил* відступив відійшл* відійшов відход* відвел* вийшл* вийшов виходят* отступил* отступают отошл* отошел вышли вышел вывел* отвел*
withdrawal|verb|strict|||залишил* залишив покинул* покинув оставил* оставлен* залишен* покида*
defence|verb|loose||{_CYR_IN}|обороня* тримают* утримують утримує утримуют* удержива* держат оборонял*
defence|verb|loose||{_CYR_IN}|відбиває відбиваю* отражен* отразил* отражают
counterattack|go|loose||{_CYR_IN}|контратакував контратакувал* контратакуют* контратаковал* контратакую* контратакует
evacuation|verb|loose||з із зі из с|евакуйова* евакуюва* евакуюют* эвакуирова* вивозят* вивезл* вивезен* вывезл* вывезен* вывозят
visit|go|loose||до в у на|побував побувал* відвідав відвідал* приїхав приїхал* прибув прибул* посетил* побывал* приехал* прибыл*
"""
_CYR_NOUNS = f"""
capture|strict|||взяття взяттю взятии взятие взятия захоплення захват* захопленн*
capture|strict|foe||падінн* падени* втрат* потер* окупаці* оккупаци*
capture|strict|own||звільненн* освобождени*
encirclement|strict|||облог* оточенн* осад* окружени*
shelling|loose||по {_CYR_IN}|обстріл* обстрел* бомбардуванн* бомбардировк* удар удари ударів ударом ударами удары ударов ударам влучанн*
fighting|loose||за {_CYR_IN}|бої боїв боях боями бій бойові бои боев боям бой сутичк* боестолкновени* атак* штурм* столкновени*
advance|loose||на до к {_CYR_IN}|наступ наступу наступом наступлени* просуванн* продвижени* прорив прорыв прориву прорыва
withdrawal|strict||з із зі из с від|відхід відходу відступ* відведенн* виведенн* виход* отход* отступлени* отвод* отводе вывод* выход*
defence|strict|||оборон*
counterattack|loose||{_CYR_IN}|контрнаступ* контратак* контрудар* контрнаступлени*
evacuation|strict||з із зі из с|евакуаці* эвакуаци*
visit|strict||до в|візит* визит* поїздк* поездк*
"""

_FORMS = ("base", "s", "ing", "ed", "part")
_OBVIOUS_NOUNS = _set("fighting shelling bombardment bombing")

_SIDE_NOUNS = {
    RUSSIA: """russia moscow kremlin wagner russians putin prigozhin shoigu gerasimov konashenkov peskov kadyrov
        lavrov pushilin invaders occupiers orcs separatists attackers росіян* росія росії росію росією москва москви
        москві окупант* загарбник* ворог ворога ворогу ворогом вороги рашист* россия россии россию россией москва
        москвы москве россиян* вагнер* путін* путин* пригожин* шойгу минобороны герасимов* конашенков* оккупант*
        rosgvardia spetsnaz""",
    UKRAINE: """ukraine kyiv kiev ukrainians zelensky zelenskyy zelenskiy zaluzhnyi zaluzhny syrskyi syrsky budanov
        malyar haidai defenders afu zsu vsu україна україни україні україну українці українців київ києва києву
        украина украины украине украину киев киева киеву украинцы украинцев зсу всу захисник* защитник* зеленськ*
        зеленск* сирськ* сырск* залужн* генштаб генштабу генштабі""",
}
_SIDE_ADJECTIVES = {
    RUSSIA: "russian chechen occupying invading pro-russian російськ* русск* российск* ворож* окупаційн* рф днр лнр",
    UKRAINE: "ukrainian українськ* украинск* київськ* киевск*",
    OTHER: "american british french german us polish nato european biden austin blinken johnson macron scholz guterres",
}

_TAGS = {
    "actor": """forces force troops troop army armies military soldiers soldier units unit command fighters fighter
        mercenaries group company groups defenders brigade brigades battalion regiment division marines paratroopers
        servicemen volunteers artillery aviation missiles missile drones drone rockets shells infantry ministry men
        grouping navy fleet guns warplanes bombers vehicles columns war commanders command staff officials general
        ground airborne armed defence defense military private president leader authorities assault offensive
        війська військо військ військов* армія армії армією сили силами силы силами войска войск военн* бійці бойцы
        підрозділ* подразделени* артилері* артиллери* авіаці* авиаци* бригад* десантник* военнослужащ* штурмовик*
        групування группировк* безпілотник* беспилотник* ракет* дрон* танк* піхот* пехот*""",
    "aux": """has have had having be been being is are was were am get got gets getting ve s re did do does
        був була було були бути є быть был была было были""",
    "neg": "not never hasnt havent hadnt isnt arent wasnt werent didnt dont doesnt cannot cant wont wouldnt couldnt "
    "yet fail fails failed failing unable without nor neither не ні нет ни жоден",
    "will": "will shall ll plans plan planned planning planed intends intend intended intending looks look looking "
    "seeks seek seeking sought tries try tried trying attempts attempt attempted attempting aims aim aimed aiming wants "
    "want wanted hopes hope hoping hoped prepares prepare preparing prepared vows vowed vow bid effort efforts ordered "
    "order orders ready poised threatens threatened threatening going mulling considering considers consider weighing "
    "discussing decide decides goal goals objective striving focused buildup expected expects likely due set pledged "
    "планує планують планував планирует планируют намагає* намагают* намагал* намагав* пытает* пытают* пытал* спроб* "
    "попытк* прагн* стремит* стремят* хоче хочуть хочет хотят готує* готуют* готовит* готовят* має мають намір "
    "намерен* собирает* собирают* будет будут буде будуть може можуть может могут збирає* збирают* мета мету цель "
    "приказ* наказ* наміри намерени* сможет сможут",
    "may": "may might could can",
    "would": "would би бы б",
    "real": "managed manages manage able continue continues continued continuing began begin begins beginning started "
    "start starts succeeded succeeds succeeding helped forced forcing forces kept keep keeps having finally allowed "
    "had completed complete completing completes carried making made",
    "advise": "advise advises advised advising urge urges urged urging recommend recommends recommended recommending "
    "should must ought suggested suggest suggests suggesting counsel counselled call calling calls encouraged asked "
    "радит* радять порадил* закликав закликал* закликають рекоменд* совету* посовет* призвал* призыва* слід следует "
    "варто стоит повинн* должн* потрібно нужно",
    "if": "if whether unless if якщо если аби чтобы чи ли",
    "fear": "fear fears feared fearing danger risk risks threat prevent prevents preventing prevented avoid avoids "
    "avoiding event possibility possible potential potentially possibly hypothetical eventual any scenario prospect "
    "probability collapse threatens unlikely rumours rumors загроз* угроз* ризик* риск* уникн* избежа* запобіг* "
    "предотврат* можлив* возможн* вероятн* ймовірн*",
    "adverb": "also now already still again soon finally then just ever even only partially partly fully completely "
    "largely almost nearly once reportedly recently allegedly repeatedly further so all far both and back "
    "to not then constantly tactically strategically always currently вже уже також также знову снова досі все всё "
    "повністю полностью частково частично нещодавно недавно остаточно окончательно",
    "det": "the a an its their his her our this that these those some several many two three four five both all any "
    "each no most much half one another",
    "stop": "that which who whom whose after while as because where when but although though if before since until "
    "than so unless whereas що який яка які яке якої якого якому якій яких де коли бо хоча поки після перед тому але "
    "что который которая которые которое которой которого где когда хотя пока после перед потому но чтобы щоб",
    "from": "against of from with on to for over at in into between toward towards behind amid near проти против від от",
    "self": "its their his our it they he we she my свої своих своими своих наші наши наших нашими мы ми они вони",
    "unit": "units forces troops grouping army men soldiers battalion brigade fighters company підрозділ* подразделени* "
    "войска війська группировк* угруповання бойцы бійці части частини",
}
_LOWEST = 3


def _add(table: dict[str, list[Trigger]], word: str, trigger: Trigger) -> None:
    table.setdefault(word, []).append(trigger)


def _triggers() -> dict[str, list[Trigger]]:
    """Word or beginning (`обстрі*`) -> triggers, those that need a following word first."""
    table: dict[str, list[Trigger]] = {}
    for line in filter(None, _ENGLISH_VERBS.splitlines()):
        kind, frame, strict, side, joins, forms, needs = line.split("|")
        for form, word in zip(_FORMS, forms.split(), strict=True):
            same = [t for t in table.get(word, ()) if t.kind == kind and t.needs == _set(needs) and t.frame == frame]
            if not same:
                _add(table, word, Trigger(kind, frame, form, _set(needs), _set(joins), strict == "strict", side))
    for line in filter(None, _ENGLISH_NOUNS.splitlines()):
        kind, strict, side, joins, nouns, *before = line.split("|")
        for word in nouns.split():
            trigger = Trigger(
                kind, NOUN, "noun", _set(before[0]) if before else _set(""), _set(joins), strict == "strict", side
            )
            _add(table, word, trigger)
    for line in filter(None, _CYR_VERBS.splitlines()):
        kind, frame, strict, side, joins, stems = line.split("|")
        for stem in stems.split():
            _add(table, stem, Trigger(kind, frame, "any", frozenset(), _set(joins), strict == "strict", side))
    for line in filter(None, _CYR_NOUNS.splitlines()):
        kind, strict, side, joins, stems = line.split("|")
        for stem in stems.split():
            _add(table, stem, Trigger(kind, NOUN, "noun", frozenset(), _set(joins), strict == "strict", side))
    for triggers in table.values():
        triggers.sort(key=lambda t: not t.needs)
    return table
