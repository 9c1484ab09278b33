"""An invented registry, and sentences with the mentions they hold."""

from __future__ import annotations

from smassistant.domain.people import Kind, Person

_STUDENTS = """
liam|Liam|Oyelaran||4|4-Vance|Maplegrove School
priya|Priyanka|Venkataraman|Priya|4|4-Vance|Maplegrove School
noor|Noor|Al-Rashidi||6|6-Okada|Maplegrove School
hope|Hope|Lindqvist||2|2-Pratt|Maplegrove School
hunter|Hunter|Stone||9|9-Moffat|Cold Lake Collegiate
grace|Grace|Winters||9|9-Moffat|Cold Lake Collegiate
gracem|Grace|Mbeki||3|3-Pratt|Maplegrove School
will|William|Carrington|Will|10|10-Haskell|Cold Lake Collegiate
april|April|Fontaine||5|5-Okada|Maplegrove School
june|June|Castellanos||5|5-Okada|Maplegrove School
mark|Mark|Delacroix||11|11-Haskell|Cold Lake Collegiate
joy|Joy|Nakamura||1|1-Dunn|Maplegrove School
zoe|Zoë|Thériault||4|4-Vance|École du Ruisseau
etienne|Étienne|Beausoleil||4|4-Roy|École du Ruisseau
annesoleil|Anne-Laure|L'Écuyer||6|6-Roy|École du Ruisseau
thanh|Thanh Tam|Nguyen||7|7-Moffat|Cold Lake Collegiate
juancarlos|Juan Carlos|Mendoza Rivas||8|8-Moffat|Cold Lake Collegiate
sinead|Sinéad|O'Halloran||8|8-Moffat|Cold Lake Collegiate
isla|Isla|MacAllister||K|K-Dunn|Maplegrove School
raven|Raven|Crow Shoe||12|12-Haskell|Cold Lake Collegiate
tate|Tate|Walks Along||12|12-Haskell|Cold Lake Collegiate
pieter|Pieter|van der Meulen||10|10-Haskell|Cold Lake Collegiate
soren|Sören|Grünwald||3|3-Pratt|Maplegrove School
ben1|Benjamin|Atwater||3|3-Pratt|Maplegrove School
ben2|Benjamin|Kowalchuk|Benji|7|7-Moffat|Cold Lake Collegiate
eliz|Elizabeth|Sandoval||7|7-Moffat|Cold Lake Collegiate
kat|Katherine|Bergeron||11|11-Haskell|Cold Lake Collegiate
noah|Noah|Prescott||1|1-Dunn|Maplegrove School
nora|Nora|Prescott||1|1-Dunn|Maplegrove School
jordan|Jordan|Vasquez||9|9-Moffat|Cold Lake Collegiate
sydney|Sydney|Okonkwo||9|9-Moffat|Cold Lake Collegiate
rose|Rose|Garden||5|5-Okada|Maplegrove School
summer|Summer|Fields||5|5-Okada|Maplegrove School
dustin|Dustin|Rhodes-Whitaker||12|12-Haskell|Cold Lake Collegiate
jp|Jean-Philippe|Marchetti|JP|11|11-Haskell|Cold Lake Collegiate
xiu|Xiuying|Zhao||6|6-Okada|Maplegrove School
ivy|Ivy|Chan||2|2-Pratt|Maplegrove School
chase|Chase|Lambert||8|8-Moffat|Cold Lake Collegiate
faith|Faith|Adeyemi||8|8-Moffat|Cold Lake Collegiate
mo|Mohammed|Hassanzadeh|Mo|10|10-Haskell|Cold Lake Collegiate
"""


def _person(line: str) -> Person:
    key, first, last, preferred, grade, homeroom, school = line.split("|")
    return Person(key, key, first, last, preferred, grade=grade, homeroom=homeroom, school=school)


PEOPLE = (
    *(_person(line) for line in _STUDENTS.strip().splitlines()),
    Person("staff1", "S1", "Marguerite", "Haskell", kind=Kind.STAFF),
    Person("alias", "A1", "Oluwaseun", "Bakare", other_names=("Sean", "Sean Adebayo")),
)

# (text, {surface: ids that must be among those found there}); nothing else may be found.
Case = tuple[str, dict[str, set[str]]]

FULL: list[Case] = [
    ("Liam Oyelaran planted the first bulb.", {"Liam Oyelaran": {"liam"}}),
    ("Trophy to Oyelaran, Liam", {"Oyelaran, Liam": {"liam"}}),
    ("Zhao Xiuying solved it in a minute.", {"Zhao Xiuying": {"xiu"}}),
    ("Priya Venkataraman's robot climbed.", {"Priya Venkataraman": {"priya"}}),
    ("Priyanka Venkataraman spoke.", {"Priyanka Venkataraman": {"priya"}}),
    (
        "Noor Al Rashidi and Noor AlRashidi",
        {"Noor Al Rashidi": {"noor"}, "Noor AlRashidi": {"noor"}},
    ),
    ("Juan Mendoza chaired the meeting.", {"Juan Mendoza": {"juancarlos"}}),
    ("Juan Carlos Mendoza Rivas chaired.", {"Juan Carlos Mendoza Rivas": {"juancarlos"}}),
    ("Pieter Van der Meulen skated.", {"Pieter Van der Meulen": {"pieter"}}),
    ("Raven Crow Shoe drummed.", {"Raven Crow Shoe": {"raven"}}),
    ("Tate Walks Along told the story.", {"Tate Walks Along": {"tate"}}),
    ("Ben Atwater, Liz Sandoval", {"Ben Atwater": {"ben1"}, "Liz Sandoval": {"eliz"}}),
    ("Kate Bergeron ran the desk.", {"Kate Bergeron": {"kat"}}),
    ("Dustin Whitaker left early.", {"Dustin Whitaker": {"dustin"}}),
    ("Grace Winters sang.", {"Grace Winters": {"grace"}}),
    ("Hunter T. Stone", {"Hunter T. Stone": {"hunter"}}),
    ('William "Will" Carrington swam.', {'William "Will" Carrington': {"will"}}),
    ("Sean Adebayo and Sean Bakare", {"Sean Adebayo": {"alias"}, "Sean Bakare": {"alias"}}),
    ("Marguerite Haskell retires.", {"Marguerite Haskell": {"staff1"}}),
    ("Rose Garden spoke about roses.", {"Rose Garden": {"rose"}}),
]

TYPED_BADLY: list[Case] = [
    ("Liam Oyelarn is here", {"Liam Oyelarn": {"liam"}}),
    ("Laim Oyelaran is here", {"Laim Oyelaran": {"liam"}}),
    ("Etienne Beausoliel", {"Etienne Beausoliel": {"etienne"}}),
    ("congrats liam oyelaran on the win", {"liam oyelaran": {"liam"}}),
    ("Congrats to liam oyelaran!", {"liam oyelaran": {"liam"}}),
    ("LIAM OYELARAN IS OUR STAR", {"LIAM OYELARAN": {"liam"}}),
    ("Zoe Theriault", {"Zoe Theriault": {"zoe"}}),
    ("Zoe\u0308 The\u0301riault!", {"Zoe\u0308 The\u0301riault": {"zoe"}}),
    ("Soeren Gruenwald lisait.", {"Soeren Gruenwald": {"soren"}}),
    ("Soren Grunwald", {"Soren Grunwald": {"soren"}}),
    ("Sinead O’Halloran", {"Sinead O’Halloran": {"sinead"}}),
    ("Sinead OHalloran", {"Sinead OHalloran": {"sinead"}}),
    ("Li\u200bam Oyel\u00adaran", {"Li\u200bam Oyel\u00adaran": {"liam"}}),
    ("Ｌｉａｍ Ｏｙｅｌａｒａｎ", {"Ｌｉａｍ Ｏｙｅｌａｒａｎ": {"liam"}}),
    ("𝐋𝐢𝐚𝐦 𝐎𝐲𝐞𝐥𝐚𝐫𝐚𝐧 wins", {"𝐋𝐢𝐚𝐦 𝐎𝐲𝐞𝐥𝐚𝐫𝐚𝐧": {"liam"}}),
    ("Li\u0430m Oyel\u0430r\u0430n", {"Li\u0430m Oyel\u0430r\u0430n": {"liam"}}),
    ("Liam\u00a0Oyelaran", {"Liam\u00a0Oyelaran": {"liam"}}),
    ("Winner:\nLiam\nOyelaran", {"Liam\nOyelaran": {"liam"}}),
    ("Liam ⭐ Oyelaran", {"Liam ⭐ Oyelaran": {"liam"}}),
    ("<b>Liam</b> <i>Oyelaran</i>", {"Liam</b> <i>Oyelaran": {"liam"}}),
    ("**Liam** Oyelaran", {"Liam** Oyelaran": {"liam"}}),
    ("L i a m  O y e l a r a n", {"L i a m  O y e l a r a n": {"liam"}}),
    ("LiamOyelaran scored", {"LiamOyelaran": {"liam"}}),
]

GLUED: list[Case] = [
    ("#LiamOyelaran", {"#LiamOyelaran": {"liam"}}),
    ("#teamliam wins", {"#teamliam": {"liam"}}),
    ("#GoPriyaGo", {"#GoPriyaGo": {"priya"}}),
    ("clip by @oyelaran.liam7", {"@oyelaran.liam7": {"liam"}}),
    ("IMG_noor-al-rashidi_02.jpg", {"IMG_noor-al-rashidi_02.jpg": {"noor"}}),
    (
        "https://maplegrove.example.ca/news/2026/tate-walks-along.html",
        {"tate-walks-along": {"tate"}},
    ),
    ("#MaplegroveProud #HopeForAll #GraceUnderPressure", {}),
    ("Write to liam.oyelaran@example.ca", {}),
    ("see www.example.ca/rose-garden-tour", {"rose-garden": {"rose"}}),
]

ALONE: list[Case] = [
    ("Congratulations to Priya on her poster!", {"Priya": {"priya"}}),
    ("Happy birthday, Liam!", {"Liam": {"liam"}}),
    ("Thanks to Hope and Grace for tidying.", {"Hope": {"hope"}, "Grace": {"grace", "gracem"}}),
    ("Way to go, Chase!", {"Chase": {"chase"}}),
    ("Will's painting is up.", {"Will": {"will"}}),
    ("Noah and Nora Prescott share a desk.", {"Noah": {"noah"}, "Nora Prescott": {"nora"}}),
    ("The Prescott twins are in Grade 1.", {"Prescott": {"noah", "nora"}}),
    ("Thanks to the Oyelarans for the pies.", {"Oyelarans": {"liam"}}),
    ("La famille Thériault est ici.", {"Thériault": {"zoe"}}),
    ("L'affiche d'Étienne est finie.", {"Étienne": {"etienne"}}),
    ("Bravo à Anne-Laure!", {"Anne-Laure": {"annesoleil"}}),
    ("Grace M. and Hunter S.", {"Grace M.": {"gracem"}, "Hunter S.": {"hunter"}}),
    ("P. Venkataraman took second.", {"P. Venkataraman": {"priya"}}),
    ("Kowalchuk scores in overtime!", {"Kowalchuk": {"ben2"}}),
    ("Benji read to the Kindergartens.", {"Benji": {"ben2"}}),
    ("Sydney won the spelling bee.", {"Sydney": {"sydney"}}),
    ("Art by Ivy, Summer and Isla", {"Ivy": {"ivy"}, "Summer": {"summer"}, "Isla": {"isla"}}),
    ("Mme Haskell sera absente.", {"Haskell": {"staff1"}}),
    ("JP organised the playlist.", {"JP": {"jp"}}),
    ("Mo drew the map.", {"Mo": {"mo"}}),
    ("Faith beat the record.", {"Faith": {"faith"}}),
]

NOBODY: list[Case] = [
    (text, {})
    for text in (
        "Hope everyone had a great weekend!",
        "Will you join us on Friday?",
        "Mark your calendars for June 12.",
        "The book fair is in April this year.",
        "May the fourth be with you.",
        "We will chase our dreams with hope and grace.",
        "Summer reading club starts Monday.",
        "Rose garden club meets at noon.",
        "Hunter education course on Saturday",
        "Joy to the world was the finale.",
        "Our trip to Sydney, Australia is off.",
        "Jordan Peele films are not for Grade 4.",
        "Noah Centineo is not coming, sorry.",
        "Mr. Stone has the keys.",
        "Coach Lambert is on leave.",
        "Mme Fontaine et M. Beausoleil vous attendent.",
        "Grace Hopper invented the compiler.",
        "June Lake campground opens soon.",
        "Faith leaders of the town met.",
        "Winters are long here.",
        "Stone soup for lunch!",
        "Prescott Avenue is closed.",
        "AUTUMN IS HERE. HUNTER ORANGE VESTS FOR SALE.",
        "Ivy grows on the wall of the old gym.",
        "Le mois de juin est arrivé.",
        "Nous irons à l'école en avril.",
        "Hope you can make it",
        "Will the last one out lock the door?",
    )
]

ALL_CASES = FULL + TYPED_BADLY + GLUED + ALONE + NOBODY
