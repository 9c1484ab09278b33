"""A start for a picture's description, from what the post says; never from guessing who it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smassistant.domain.edits import shown_box
from smassistant.domain.people import Kind, Person
from smassistant.domain.pictures import SURE_SCORE, Accounting, Face, Picture
from smassistant.domain.posts import Post
from smassistant.i18n import N_, _, ngettext

LEAST_OF_CLASS = 3  # students of one class before it is named: fewer would be pointed at

# What a post may be about, in English and French words, and where that puts a picture.
_EVENTS = (
    (r"sports? day|track meet|journ[ée]e sportive", N_("on sports day")),
    (r"science fair|expo[ -]sciences?|foire scientifique", N_("at the science fair")),
    (r"book fair|(?:salon|foire) (?:du|aux) livres?", N_("at the book fair")),
    (r"terry fox run|(?:course|journée) terry[ -]fox", N_("at the Terry Fox Run")),
    (r"remembrance day|jour du souvenir", N_("on Remembrance Day")),
    (r"orange shirt day|journée du chandail orange", N_("on Orange Shirt Day")),
    (r"pink shirt day|journée du chandail rose", N_("on Pink Shirt Day")),
    (r"halloween", N_("at Halloween")),
    (r"graduation|collation des grades|remise des diplômes", N_("at the graduation")),
    (r"assembly|assemblée", N_("at an assembly")),
    (r"open house|portes ouvertes", N_("at the open house")),
    (r"bake sale|vente de (?:gâteaux|pâtisseries)", N_("at a bake sale")),
    (r"fund[ -]?raiser|(?:collecte|levée) de fonds", N_("at a fundraiser")),
    (r"tournament|tournoi", N_("at a tournament")),
    (r"concert", N_("at a concert")),
    (r"school play|pièce de théâtre", N_("at the school play")),
    (r"art show|exposition d['’]art", N_("at an art show")),
    (r"field trip|sortie (?:scolaire|éducative)", N_("on a field trip")),
    (r"robotics?|robotique", N_("with robots")),
    (r"library|bibliothèque", N_("in the library")),
    (r"garden|jardin", N_("in a garden")),
    (r"playground|cour d['’]école", N_("in the playground")),
    (r"gym|gymnasium|gymnase", N_("in the gym")),
)
_ADULTS = (Accounting.ADULT, Accounting.PUBLIC_FIGURE)


def description_start(picture: Picture, post: Post, people: Mapping[str, Person]) -> str:
    """A sentence to go on from: how many people, of what class, where, whose faces are blurred.

    `people` are those of the registry by id; none of their names is ever used. Empty where
    nothing is known. In the language spoken now.
    """
    faces = [face for face in picture.faces if _counts(face, picture)]
    where = _where(post.text)
    if not faces:
        return _("A picture taken {where}.").format(where=where) if where else ""
    who = _who(faces, people)
    if where:
        who = _("{who} {where}").format(who=who, where=where)
    blurred = sum(face.accounting is Accounting.BLURRED for face in faces)
    if blurred:
        who = ngettext(
            "{who}; one face is blurred", "{who}; {n} faces are blurred", blurred
        ).format(who=who, n=blurred)
    return f"{who}."


def _counts(face: Face, picture: Picture) -> bool:
    """Whether readers will see this, and it is somebody."""
    sure = face.accounting is not None or face.score >= SURE_SCORE
    return sure and shown_box(face.box, picture.edit, picture.width, picture.height) is not None


def _who(faces: Sequence[Face], people: Mapping[str, Person]) -> str:
    """How many people there are, and what they are at the school where all are known."""
    known = [people.get(face.person_id or "") for face in faces]
    students = [person for person in known if person and person.kind is Kind.STUDENT]
    adults = sum(
        face.accounting in _ADULTS or (person is not None and person.kind is Kind.STAFF)
        for face, person in zip(faces, known, strict=True)
    )
    n = len(faces)
    if len(students) + adults < n:
        return ngettext("One person", "{n} people", n).format(n=n)
    if not students:
        return ngettext("One adult", "{n} adults", adults).format(n=adults)
    n = len(students)
    who = ngettext("One student", "{n} students", n).format(n=n)
    if group := _group(students):
        who = _("{who} of {group}").format(who=who, group=group)
    if adults:
        and_adults = ngettext("{who} and one adult", "{who} and {n} adults", adults)
        who = and_adults.format(who=who, n=adults)
    return who


def _group(students: Sequence[Person]) -> str:
    """The class or grade that all the students are of; empty where they differ or are few."""
    if len(students) < LEAST_OF_CLASS:
        return ""
    homerooms = {student.homeroom for student in students}
    grades = {student.grade for student in students}
    if len(homerooms) == 1 and (homeroom := homerooms.pop()):
        return homeroom
    grade = grades.pop() if len(grades) == 1 else ""
    return _("grade {grade}").format(grade=grade) if grade else ""


def _where(text: str) -> str:
    """The first occasion or place that the post speaks of."""
    found = [
        (match.start(), where)
        for words, where in _EVENTS
        if (match := re.search(rf"\b(?:{words})\b", text, re.IGNORECASE))
    ]
    return _(min(found)[1]) if found else ""
