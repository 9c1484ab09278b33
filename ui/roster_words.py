"""The words for what a roster file holds: its form, its columns, its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from smassistant.domain.consents import Channel, Use
from smassistant.i18n import N_, _, labelled, ngettext, quoted
from smassistant.services.importing import PersonChange, ProblemLine, RosterPreview, Worsened
from ui import words
from ui.widgets.words import number_words

if TYPE_CHECKING:
    from smassistant.services.touching import Touched

NOT_READ = "ignore"
EVERYWHERE = "all"
NAMES = "name"

_FIELDS = {
    "student_number": N_("Student or staff number"),
    "first_name": N_("First name"),
    "last_name": N_("Last name"),
    "preferred_name": N_("Preferred name"),
    "preferred_last": N_("Preferred last name"),
    "other_names": N_("Other names"),
    "last_first": N_("Whole name: last, first"),
    "first_last": N_("Whole name: first last"),
    "grade": N_("Grade"),
    "homeroom": N_("Homeroom"),
    "school": N_("School"),
    "kind": N_("Student, staff or volunteer"),
    "status": N_("Enrolment status"),
    "restricted": N_("Never publish"),
    "signer": N_("Who signed"),
    "expires": N_("Permission ends on"),
    "date": N_("Date of the answer"),
    "permission": N_("Which permission (one in each row)"),
    "value": N_("Answer to the permission in the row"),
}
_LEFT_OUT = {
    "not_needed": N_("Not needed, so not read at all"),
    "unknown": N_("Heading not known, so not read"),
    "same_meaning": N_("Another column tells this already"),
    "hidden": N_("Hidden in the workbook, so not read"),
    "chosen": N_("Left out because you said so"),
}
_DELIMITERS = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("upright strokes"),
}
_ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "windows-1252": "Windows-1252"}


def field_choices() -> list[tuple[str, str]]:
    """Every field a column can be read as: (field, words); ("", "") separates groups."""
    found = [(NOT_READ, _("Not read")), ("", "")]
    found += [(name, _(text)) for name, text in _FIELDS.items()]
    for use in (NAMES, *(use.value for use in Use)):
        found.append(("", ""))
        places = (EVERYWHERE, *(channel.value for channel in Channel))
        found += [(f"{use}:{place}", field_words(f"{use}:{place}")) for place in places]
    return found


def normal_field(field: str) -> str:
    """A field as `field_choices` writes it: "photo" is "photo:all"."""
    parts = field.split(",")
    return field if field in _FIELDS else ",".join(map(_with_place, parts)) if field else NOT_READ


def field_words(field: str) -> str:
    """What a column is read as."""
    if field in ("", NOT_READ):
        return _("Not read")
    if text := _FIELDS.get(field):
        return _(text)
    return "; ".join(_permission_words(_with_place(part)) for part in field.split(","))


def left_out_words(why: str) -> str:
    """Why a column is left out."""
    return _(_LEFT_OUT[why])


def form_words(preview: RosterPreview) -> str:
    """How the file is written down."""
    rows = ngettext("{n} row", "{n} rows", preview.rows).format(n=number_words(preview.rows))
    if not preview.delimiter:
        return _("XLSX workbook, {rows}").format(rows=rows)
    return _("{encoding} text with {delimiter} between the cells, {rows}").format(
        encoding=_ENCODINGS.get(preview.encoding, preview.encoding),
        delimiter=_(_DELIMITERS.get(preview.delimiter, preview.delimiter)),
        rows=rows,
    )


def problem_words(problem: ProblemLine) -> str:
    """What could not be read as it stands, and where."""
    row, column, message = problem.row, problem.column, problem.message
    if column:
        return _("Row {row}, {column}: {message}").format(row=row, column=column, message=message)
    return _("Row {row}: {message}").format(row=row, message=message)


def permission_words(use: Use, channel: Channel) -> str:
    """One of the fifteen permissions."""
    return _("{what} ({where})").format(what=words.use_word(use), where=words.channel_word(channel))


def _with_place(part: str) -> str:
    return part if ":" in part else f"{part}:{EVERYWHERE}"


def _permission_words(part: str) -> str:
    use_name, _colon, place = part.partition(":")
    use = _("First and full name") if use_name == NAMES else words.use_word(Use(use_name))
    where = _("everywhere") if place == EVERYWHERE else words.channel_word(Channel(place))
    return _("{what}: {where}").format(what=use, where=where)


def effect_words(preview: RosterPreview) -> str:
    """What bringing the file in would do, in one line."""
    parts = [
        ngettext("{n} person in the file", "{n} people in the file", preview.people),
        ngettext("{n} new", "{n} new", preview.new),
        ngettext("{n} changed", "{n} changed", preview.changed),
        ngettext("{n} not in the file", "{n} not in the file", preview.missing),
        ngettext("{n} permission better", "{n} permissions better", preview.better),
        ngettext("{n} worse", "{n} worse", len(preview.worse)),
        ngettext("{n} problem", "{n} problems", len(preview.problems)),
    ]
    counts = [
        preview.people, preview.new, preview.changed, preview.missing, preview.better,
        len(preview.worse), len(preview.problems),
    ]  # fmt: skip
    told = zip(parts, counts, strict=True)
    always = 3  # people, new and changed are told even where there are none
    return " · ".join(
        text.format(n=number_words(n)) for at, (text, n) in enumerate(told) if n or at < always
    )


_PERSON_FIELDS = {
    "first_name": N_("first name"),
    "last_name": N_("last name"),
    "preferred_name": N_("preferred name"),
    "other_names": N_("other names"),
    "kind": N_("kind"),
    "grade": N_("grade"),
    "homeroom": N_("homeroom"),
    "school": N_("school"),
    "status": N_("status"),
    "restricted": N_("never publish"),
}


def change_words(person: PersonChange) -> str:
    """Somebody whom the file adds or changes, with what changes."""
    known = [_(_PERSON_FIELDS[name]) for name in person.fields if name in _PERSON_FIELDS]
    if not known:
        return person.described
    return _("{who}: {what}").format(who=person.described, what=", ".join(known))


def worse_lines(worse: Sequence[Worsened], most: int) -> list[str]:
    """The first `most` of those who lose permissions, each with which."""
    lost: dict[str, list[Worsened]] = {}
    for item in worse:
        if len(lost) == most and item.person.id not in lost:
            break
        lost.setdefault(item.person.id, []).append(item)
    return [
        _("{who}: {what}").format(
            who=items[0].person.described,
            what="; ".join(permission_words(item.use, item.channel) for item in items),
        )
        for items in lost.values()
    ]


LONGEST = 80  # characters of a post's text


def touched_lines(touched: Sequence[Touched], worse: Sequence[Worsened]) -> list[str]:
    """The posts that need what somebody loses, each with where it stands and whom it is about."""
    people = {item.person.id: item.person.shown_name for item in worse}
    lines = []
    for one in touched:
        text = " ".join(one.post.text.split())
        short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
        how = _("names {who}") if one.how == "named" else _("shows {who}")
        words_of_it = quoted(short) if short else _("A post without words")
        about = how.format(who=people.get(one.person_id, ""))
        lines.append(labelled(f"{one.where}, {about}", words_of_it))
    return lines
