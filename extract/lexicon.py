"""Words that are evidence: for a place, for a person, for an organisation. Folded by `name_key`.

Lists too long to read in code are files in `extract/data`, one word a line.
"""

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def words(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())


@cache
def given_names() -> frozenset[str]:
    """Given names of many countries (see `extract.build.lexicon`)."""
    return words((DATA / "given_names.txt").read_text(encoding="utf-8"))


@cache
def common_words() -> frozenset[str]:
    """Ordinary English words that are also the name of a place somewhere (see `extract.build.lexicon`)."""
    return words((DATA / "common_words.txt").read_text(encoding="utf-8")) | _MORE_COMMON_WORDS


_MORE_COMMON_WORDS = words("centre theatre harbour labour christmas easter ramadan halloween internet man god lord")

FUNCTION_WORDS = words("""
    the a an and or but nor if in on at of for to from by with as is was are were be been being am it its he she
    they his her their hers theirs this that these those there here then when where while who whom whose what
    which why how not no so than too very can could will would may might must shall should do does did has have
    had i you we our your my me him them one two three four five six seven eight nine ten all any both each few
    more most many other others some such only own same just also now after before during since until till about
    against between into through under over again further once up down out off according however meanwhile
    moreover although though because despite yet still even every everyone nothing something nobody everything
    another because hence thus therefore instead along across around near above below beyond within without toward
    towards upon onto via per amid among amongst like unlike except including regarding monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november
    december today yesterday tomorrow tonight earlier later recently last next first second third mr mrs ms dr let
    lets dont its thats theyre weve youre isnt arent wont cant im ive please yes ok oh hi hello thanks в на у з із
    зі до від по за про при над під між та й і а але або чи не ні що це як так коли де там тут він вона вони воно
    ми ви ти я його її їх наш ваш свій цей той також тому тоді вже ще лише тільки після перед під час через без
    для и с со к ко от из о об во не ни но или же бы что это как так когда где там тут он она они оно мы вы ты его
    ее их наш ваш свой этот тот также поэтому тогда уже еще лишь только после перед через без для был была были
    будет есть
""") - {"march", "may", "august"}

MONTHS_AND_DAYS = words("""
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
""")

DEMONYMS = words("""
    ukrainian ukrainians russian russians american americans british briton britons english french german germans
    polish pole poles chinese belarusian belarusians european europeans western eastern northern southern soviet
    crimean tatar tatars chechen chechens georgian georgians turkish turk turks israeli israelis palestinian
    palestinians iranian iranians iraqi syrian syrians japanese korean koreans indian indians canadian canadians
    australian australians italian italians spanish dutch swedish finnish norwegian danish czech slovak hungarian
    hungarians romanian moldovan moldovans lithuanian latvian estonian african africans asian asians arab arabs
    muslim muslims christian jewish catholic orthodox mexican mexicans brazilian cuban haitian nigerian kenyan
    egyptian saudi afghan afghans pakistani vietnamese thai filipino greek serbian serb serbs croatian bulgarian
    albanian irish scottish welsh nazi nazis democrat democrats republican republicans latino hispanic texan
    californian siberian balkan baltic arctic
""")

PERSON_TITLES = words("""
    mr mrs ms miss dr prof professor president premier chancellor senator sen rep congressman congresswoman gov
    general gen lieutenant lt colonel col major maj captain capt sergeant sgt admiral adm commander commandant
    judge justice sheriff officer detective coach king queen prince princess pope bishop archbishop patriarch
    metropolitan rev reverend pastor imam sheikh sir lord lady dame baron ambassador spokesman spokesperson
    spokeswoman adviser advisor aide analyst expert blogger journalist correspondent reporter editor photographer
    director chairman chairwoman ceo founder cofounder leader boss oligarch dictator warlord actor actress singer
    author writer novelist poet historian economist attorney lawyer prosecutor candidate pvt private cpl corporal
    brigadier marshal ensign soldier fighter serviceman volunteer medic pilot presenter host minister mp deputy
    councillor councilman councilwoman mayor governor secretary pensioner resident activist whistleblower
    researcher scientist engineer doctor nurse teacher student victim suspect defendant milblogger mother father
    wife husband son daughter brother sister uncle aunt filmmaker musician rapper comedian player striker
    goalkeeper midfielder defender champion пан пані президент міністр генерал полковник майор капітан сержант мер
    речник речниця губернатор голова командир президент министр генерал полковник майор капитан сержант мэр глава
    командир депутат
""")
TITLE_HEADS = words(
    """
    mayor governor secretary minister general chief commander president leader judge director sheriff
"""
)

SPEECH_VERBS = words("""
    said says say told tells added adds wrote writes tweeted posted announced explained argued stated reported
    insisted claimed noted warned stressed confirmed denied acknowledged admitted recalled testified replied asked
    joked concluded declared described emphasized emphasised continued commented suggested believes thinks echoed
""")

PERSON_AFTER = words("""
    a an the who whose commander head chief spokesman spokesperson spokeswoman cofounder founder director editor
    aged professor deputy former president minister mayor governor chairman senior executive resident author
""")

NAME_PARTICLES = words("van von der den de del della di da dos du la le bin ibn al el abu ben mac mc")

ORGANISATION_AFTER = words("""
    post times herald tribune journal gazette independent observer chronicle mirror telegraph guardian express
    daily weekly review press radio tv television channel media pravda magazine newspaper bulletin dispatch
    inquirer examiner sentinel globe brigade regiment battalion division corps fleet flotilla squadron legion army
    battalions brigades regiments grouping battlegroup troops guards wing marines bank airlines airways airline
    inc ltd llc corp corporation company motors industries insurance ventures technologies plc gmbh group holdings
    partners associates securities fc united rovers wanderers athletic cup celtics lakers knicks bulls bears
    giants jets eagles saints patriots yankees mets dodgers rangers islanders kings warriors rockets spurs hornets
    raiders steelers cowboys dolphins titans packers vikings lions tigers cubs sox twins royals braves marlins
    phillies pirates reds cardinals astros mariners padres angels orioles nationals capitals flyers penguins
    sabres senators bruins canadiens blackhawks canucks oilers flames sharks ducks predators lightning blizzard
    agreement agreements accord accords protocol protocols treaty pact declaration convention formula format
    memorandum principles doctrine syndrome consensus university institute institution academy foundation
    association society committee commission federation union league party club orchestra philharmonic symphony
    ballet conservatory stock exchange syndicate mafia clan hypothesis
""")
"""Capitalised right after a place name, these make it part of an organisation's, unit's or treaty's name."""

UNIT_NOUNS = words("""
    fleet flotilla brigade brigades regiment regiments battalion battalions squadron squadrons division divisions
    corps legion accords protocol protocols agreements virus viruses ebolavirus fever flu disease syndrome cocktail
    cocktails
""")
"""These make a unit, a treaty or a disease of the name before them even in lower case: `Black Sea fleet`."""

ORGANISATION_BEFORE = words("""
    battlegroup battlegroups brigade battalion regiment operation task hotel cafe restaurant cinema fc fk sc
    dynamo dinamo shakhtar metalist zorya chornomorets vorskla spartak lokomotiv torpedo cska zenit radio cruiser
    corvette frigate destroyer submarine ship vessel tanker uss hms rts угруповання угрупованню угрупованням
    угрупуванню угрупування осув отуг група груп бригада бригади батальйон батальйону готель готелю фк группировка
    группировки группировке группировкой группировку батальон батальона отель отеля гостиница гостинице
""")
"""Right before a place name, these make it the name of a unit, ship, club or house: `Battlegroup Dnepr`."""

ORGANISATION_WORDS = words(
    """
    nato un eu unesco opec brics unicef interpol europol frontex osce csto iaea who imf g7 g20 aukus quad
    kremlin verkhovna
"""
) | {"white house", "downing street", "capitol hill", "wall street", "islamic state"}
"""Names of bodies and seats of government that some place somewhere bears as well."""

ORGANISATION_HEADS = words("""
    university institute bank church embassy consulate academy museum college school council ministry department
    office agency association federation union society foundation committee commission centre center organization
    organisation journal times bulletin house college voice radio team friends daughters sons order knights
    brotherhood orchestra battle
""") - {"battle"}
"""Capitalised before `of`/`for` and a place name, these make the whole an organisation's name."""

CIVIC_AFTER = words("""
    high school elementary middle police hospital airport county city council court fire library park mall museum
    cathedral church theatre theater stadium arena station port railway sheriff department district public schools
    clinic prison jail medical civic community college zoo harbor harbour cemetery hotel casino courthouse mayor
    governor senator senate legislature lawmakers prosecutors officials residents authorities
""")
"""Institutions that stand where their name says: the name in them still tells a place."""

DIRECTIONS = words("""
    north south east west northern southern eastern western northeast northwest southeast southwest northeastern
    northwestern southeastern southwestern central upper lower downtown inner outer greater mainland rural coastal
    occupied mid outskirts
""")

REGION_NOUNS = words("""
    region oblast province krai governorate voivodeship republic state prefecture canton emirate
""")
PLURAL_REGION_NOUNS = words("regions oblasts provinces states")
DISTRICT_NOUNS = words(
    """
    district raion rayon county municipality subdistrict township parish borough districts raions counties
"""
)
SETTLEMENT_NOUNS = words("city town capital metropolis port settlement")
VILLAGE_NOUNS = words("village hamlet townlet suburb farmstead")
PLURAL_SETTLEMENT_NOUNS = words("cities towns villages settlements hamlets suburbs communities")
WATER_NOUNS = words("""
    river lake sea reservoir bay gulf strait ocean canal creek estuary lagoon rivers basin channel
""")
FEATURE_NOUNS = words("""
    bridge dam plant airport airfield airbase mine quarry refinery station island peninsula spit cape mountain
    mountains hill height heights forest valley desert highway road port harbour harbor steelworks base depot
""")
AREA_NOUNS = words("""
    direction directions axis front frontline sector salient line lines area areas suburb suburbs outskirts
    metropolitan coast border pocket bridgehead agglomeration garrison theatre vicinity countryside residents
    neighborhood neighbourhood
""")
KIND_AFTER: dict[str, str] = {
    **dict.fromkeys(REGION_NOUNS | PLURAL_REGION_NOUNS, "region"),
    **dict.fromkeys(DISTRICT_NOUNS, "district"),
    **dict.fromkeys(WATER_NOUNS, "water"),
    **dict.fromkeys(FEATURE_NOUNS, "feature"),
    **dict.fromkeys(words("city town village settlement hamlet"), "settlement"),
}
KIND_BEFORE: dict[str, str] = {
    **dict.fromkeys(SETTLEMENT_NOUNS | PLURAL_SETTLEMENT_NOUNS, "settlement"),
    **dict.fromkeys(VILLAGE_NOUNS | words("villages hamlets"), "village"),
    **dict.fromkeys(REGION_NOUNS | PLURAL_REGION_NOUNS, "region"),
    **dict.fromkeys(DISTRICT_NOUNS, "district"),
    **dict.fromkeys(words("river lake reservoir gulf bay mount strait sea"), "water"),
    **dict.fromkeys(words("island cape"), "feature"),
}

PLACE_PREPOSITIONS = words("""
    in near at from to around outside inside toward towards across through via between into onto over above along
    beyond within throughout behind surrounding off amid
""")
WEAK_PREPOSITIONS = words("of on by for against with")
PLACE_VERBS = words("""
    captured capture capturing took take taking taken seized seize seizing liberated liberate liberating shelled
    shelling shell attacked attack attacking hit hitting struck strike striking bombed bomb bombing bombarded
    pounded entered enter entering left leave leaving leaves stormed storm storming encircled encircle encircling
    besieged besieging surrounded surround recaptured recapture retook retake retaking visited visit visiting
    visits defended defend defending abandoned reached reach reaching overran overrun assaulted assault assaulting
    bypass bypassed approached approaching occupied occupy occupying fled flee fleeing control controlled controls
    controlling targeted targeting evacuate evacuated evacuating hold holding held lose losing lost cleared
    clearing
""")
PLACE_NOUNS_OF = words("""
    outskirts battle siege fall capture liberation city town village settlement suburb port capital north south
    east west northeast northwest southeast southwest centre center streets part parts side bank banks areas area
    direction residents people defence defense evacuation shelling bombing edge edges ruins heart mayor governor
    vicinity control kilometres kilometers km miles occupation annexation invasion encirclement seizure approaches
    villages towns cities settlements regions region province oblast district districts coast shores border
    borders map rest half most much swathes republic kingdom state sea gulf bay strait lake river island isle
    territory territories hamlet raid neighbourhood neighborhood reaches
""")
"""Nouns before `of` that make what follows a place: `the outskirts of X`."""
