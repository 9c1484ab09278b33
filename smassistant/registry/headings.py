"""Headings as school systems, form programs and people write them, and the fields they mean."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product

from smassistant.domain.consents import Channel, Use
from smassistant.registry.rosters import ALL_KEYS, Key
from smassistant.registry.words import fold

FIELDS = (
    "student_number first_name last_name preferred_name other_names grade homeroom school kind "
    "status restricted signer expires last_first first_last preferred_last permission value date"
).split()
"""Fields other than permissions. `preferred_last` becomes one of the other names."""

IGNORE = "ignore"
"""A mapping file's word for "this column is not needed"."""

EVERYWHERE = "all"
"""The channel of a permission that holds on every channel, where that must be said."""

# Most telling first: where a file has several columns for one field, the earliest listed counts.
_HEADINGS = {
    "student_number": (
        "studentnumber studentno studentnum studentid studentidnumber studid stunum pupilnumber "
        "pupilno pupilid localid localstudentid studentlocalid otherid idnumber sisid sisuserid "
        "staffnumber staffid employeenumber employeeid employeeno teachernumber numeroeleve "
        "numerodeleve numerodeleleve noeleve nodeleve numerodetudiant numeroetudiant matricule "
        "numerodemploye fiche nofiche numerodefiche codepermanent albertastudentnumber asn pen "
        "personaleducationnumber oen identifier sourcedid usersourcedid"
    ),
    "first_name": (
        "firstname firstnames legalfirstname givenname givennames legalgivenname legalgivennames "
        "forename first fname studentfirst prenom prenoms prenomlegal"
    ),
    "last_name": (
        "lastname lastnames surname familyname legallastname legalsurname legalfamilyname last "
        "lname studentlast nom nomdefamille nomlegal nomdefamillelegal"
    ),
    "preferred_name": (
        "preferred preferredname preferredfirstname preferredgivenname usualfirstname usualname "
        "usualgivenname chosenname nickname knownas goesby commonname prenomusuel prenomprefere "
        "prenomchoisi nomprefere surnom"
    ),
    "preferred_last": (
        "preferredlast preferredlastname preferredsurname preferredfamilyname usuallastname "
        "usualsurname usualfamilyname nomdefamilleusuel nomdefamilleprefere"
    ),
    "other_names": "othernames alsoknownas aka formernames previousnames autresnoms",
    "last_first": (
        "lastfirst lastfirstname lastnamefirstname namelastfirst studentnamelastfirst nameview "
        "nomprenom nometprenom"
    ),
    "first_last": (
        "firstlast firstlastname firstnamelastname studentname studentfullname pupilname "
        "nameofstudent nameofchild childname childsname studentsname nomdeleleve nomdelenfant "
        "prenometnom prenomnom"
    ),
    "grade": (
        "grade gradelevel gradelvl grades currentgrade yeargroup yearlevel gr niveau "
        "niveauscolaire anneedetudes"
    ),
    "homeroom": (
        "homeroom homeroomname homeroomteacher hmrm hr advisory class classroom classe "
        "salledeclasse groupe groupeclasse foyer titulaire"
    ),
    "school": "school schoolname currentschool entity campus ecole nomdelecole etablissement",
    "kind": "kind role persontype usertype typedepersonne",
    "status": (
        "status enrollstatus enrolstatus enrollmentstatus enrolmentstatus studentstatus statut etat"
    ),
    "restricted": (
        "restricted donotpublish neverpublish publicationrestricted publishingrestriction "
        "restreint nepaspublier nejamaispublier"
    ),
    "signer": (
        "signer signedby signature signername parentguardian parentguardianname parentname "
        "parentorguardian parentorguardianname guardianname nameofparentguardian "
        "nameofparentorguardian parentguardiansignature "
        "signataire signepar parenttuteur parentoututeur nomduparent nomduparenttuteur"
    ),
    "expires": (
        "expires expiry expirydate expirationdate expiration expireson validuntil validto "
        "consentexpires consentexpiry consentexpirydate consentends permissionends expire "
        "expirele dateexpiration datedexpiration valablejusquau validejusquau echeance"
    ),
    "permission": "permission",
    "value": "value",
}
_RANK = {
    heading: (field, rank)
    for field, headings in _HEADINGS.items()
    for rank, heading in enumerate(headings.split())
}

_USES: dict[tuple[Use, ...], str] = {
    (Use.FULL_NAME,): "full name|full names|nom complet",
    (Use.FIRST_NAME,): "first name|first names|prenom|prenoms",
    (Use.FULL_NAME, Use.FIRST_NAME): "name|names|nom|noms",
    (Use.PHOTO,): (
        "photo|photos|photograph|photographs|picture|pictures|image|images|photographie"
        "|photographies"
    ),
    (Use.VIDEO,): "video|videos",
    (Use.WORK,): "work|student work|school work|schoolwork|travail|travaux|oeuvre|oeuvres",
}
_CHANNELS: dict[Channel, str] = {
    Channel.SOCIAL_MEDIA: (
        "social media|social network|social networks|reseaux sociaux|medias sociaux"
    ),
    Channel.WEBSITE: "website|websites|web site|web sites|web|site web|site internet|site",
    Channel.NEWS_MEDIA: "news media|news|medias d information|media d information|medias|presse",
}
# A question is read only if every word of it is known, so that "not", "except", "yearbook" or
# the name of one network is never overlooked.
_FILLERS = frozenset(
    """may we can the school division district board publish post share use display show feature
    your my their his her our child childs children childrens student students pupil s son
    daughter a of on in to be is are posted published shared used displayed featured and or do
    you i give permit allow authorize authorise agree that for its by please have has at
    puis peut on nous pouvons l ecole conseil scolaire la le les de du des d votre mon ma sa leur
    notre enfant eleve eleves publier diffuser sur dans et ou au aux consentez vous autorisez j je
    autorise donnez pour une un l""".split()
)
_CONSENT = frozenset(
    "consent consents permission permissions authorization authorisation autorisation "
    "autorisations consentement consentements allowed permitted".split()
)
_ABOUT = frozenset("student students s stu child childs pupil learner eleve enfant".split())
_ASKING = frozenset(
    "what is your please enter the my quel quelle est le la de du d l votre of".split()
)
_AROUND = _ABOUT | _ASKING
_WHOLE_NAMES = {"name", "fullname", "nom", "nomcomplet"}
_TELLING = frozenset(
    "photo photos picture pictures image images video videos media medias website publish publier "
    "publication release facebook instagram youtube newspaper yearbook newsletter".split()
)
_UNNEEDED_WORDS = frozenset(
    """address addresses adresse street city town ville postal zip province state country pays rue
    phone telephone tel mobile cell cellphone fax email mail courriel gender sex sexe genre
    pronoun pronouns birth birthdate birthday dob naissance age anniversaire health medical
    allergy allergies allergie medication sante carecard doctor physician dentist
    custody garde guardian guardians parent parents mother father mere pere tutor contact contacts
    emergency urgence sibling siblings legal alert alerts court ethnicity race aboriginal
    indigenous autochtone metis inuit language langue citizenship immigration visa bus locker
    casier username login password counsellor counselor gpa marks credits middle initial suffix
    prefix title entry exit gradyr grad graduation year timestamp horodateur completion start
    submitted modified enrolled iep ell esl lunch fee fees notes note comment comments
    commentaires remarks remarques religion band treaty phn sin ssn rowid record guid
    dcid""".split()
)
_UNNEEDED = frozenset(
    """dateofbirth datenaissance birthday homeaddress mailingaddress schoolid schoolnumber
    schoolcode enableduser datelastmodified orgsourcedids primaryorgsourcedid agentsourcedids
    userids middlename middlenames deuxiemeprenom sms gradyear schoolyear anneescolaire id
    heuredecompletion heuredefin heuredebut starttime completiontime
    lastmodifiedtime responseid responsenumber no studentlegalname""".split()
)


@cache
def permission_keys(field: str) -> tuple[Key, ...]:
    """The permissions that a field such as "photo:website", "name" or "photo,video" speaks of.

    Parts are joined by commas; "name" means both name forms, no channel means every channel.
    Empty if `field` is not a permission; "first_name" alone is the person's own name.
    """
    if field in FIELDS:
        return ()
    wanted: set[Key] = set()
    for part in field.split(","):
        use_name, colon, channel_name = part.partition(":")
        uses = _uses_named(use_name)
        everywhere = not colon or channel_name == EVERYWHERE
        channels = [item for item in Channel if everywhere or item.value == channel_name]
        if not uses or not channels:
            return ()
        wanted.update(product(uses, channels))
    return tuple(key for key in ALL_KEYS if key in wanted)


def _uses_named(name: str) -> tuple[Use, ...]:
    """The uses that the first part of a permission field means."""
    if name == "name":
        return (Use.FULL_NAME, Use.FIRST_NAME)
    return tuple(use for use in Use if use.value == name)


def _use_field(uses: tuple[Use, ...]) -> str:
    """The first part of a permission field for one entry of `_USES`."""
    return uses[0].value if len(uses) == 1 else "name"


@cache
def _short_headings() -> dict[str, str]:
    """ "photowebsite" and its like, in every known word and either order, to the field."""
    known: dict[str, str] = {}
    for (uses, use_words), (channel, channel_words) in product(_USES.items(), _CHANNELS.items()):
        for use, place in product(use_words.split("|"), channel_words.split("|")):
            field = f"{_use_field(uses)}:{channel.value}"
            known[(use + place).replace(" ", "")] = field
    for uses, use_words in _USES.items():
        if uses != (Use.FIRST_NAME,):  # alone, that is the person's own name
            known.update({use.replace(" ", ""): _use_field(uses) for use in use_words.split("|")})
    return known


@cache
def _phrases() -> tuple[tuple[str, str, str], ...]:
    """(words, use field or "", channel or ""), longest words first."""
    found = [
        (phrase, _use_field(uses), "")
        for uses, words in _USES.items()
        for phrase in words.split("|")
    ]
    found += [
        (phrase, "", channel.value)
        for channel, words in _CHANNELS.items()
        for phrase in words.split("|")
    ]
    return tuple(sorted(found, key=lambda item: (-len(item[0].split()), item[0])))


@lru_cache(maxsize=4096)
def permission_field(heading: str) -> str:
    """The permission field that a heading or question means, or "" if it is not wholly clear."""
    rest = fold(heading)
    if short := _short_headings().get(rest.replace(" ", "")):
        return short
    uses: set[str] = set()
    channels: set[str] = set()
    rest = f" {rest} "
    for phrase, use, channel in _phrases():
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " | ")
            uses |= {use} - {""}
            channels |= {channel} - {""}
    left = set(rest.replace("|", " ").split())
    clear = left <= _FILLERS | _CONSENT if channels else left <= _CONSENT
    if not uses or not clear:
        return ""
    places = sorted(channels) or [EVERYWHERE]
    return ",".join(f"{use}:{place}" for use, place in product(sorted(uses), places))


@lru_cache(maxsize=4096)
def field_of(heading: str) -> tuple[str, int]:
    """(field, rank) of a heading; the lower rank is the more telling. ("", 0) if unknown."""
    words = fold(heading).split()
    if found := _RANK.get("".join(words)):
        return found
    if permission := permission_field(heading):
        return permission, 0
    return _field_in_question(words)


def _field_in_question(words: list[str]) -> tuple[str, int]:
    """The field that is left of "What is your child's first name?" and its like."""
    while words and (words[0] in _AROUND or words[-1] in _AROUND):
        words = words[1:] if words[0] in _AROUND else words[:-1]
        squashed = "".join(words)
        if found := _RANK.get(squashed):
            return found[0], found[1] + 1
        if squashed in _WHOLE_NAMES:
            return "first_last", 1
    return "", 0


def is_unneeded(heading: str) -> bool:
    """Whether a heading is one of those that a school's export has and this program never needs.

    A heading that may speak of permissions is never waved through here.
    """
    folded = fold(heading)
    words = {word.rstrip("0123456789") for word in folded.split()}
    if not words.isdisjoint(_CONSENT | _TELLING):
        return False
    return not words.isdisjoint(_UNNEEDED_WORDS) or folded.replace(" ", "") in _UNNEEDED


def parse_field(text: str) -> str:
    """The field that a mapping file names, or "" if there is none of that name."""
    plain = re.sub(r"_*([:,])_*", r"\1", re.sub(r"[\s_-]+", "_", text.strip().casefold()))
    if plain in FIELDS or plain == IGNORE or permission_keys(plain):
        return plain
    for use, channel in product((*(use.value for use in Use), "name"), Channel):
        if plain == f"{use}_{channel.value}":
            return f"{use}:{channel.value}"
    return ""
