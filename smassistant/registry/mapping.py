"""Mapping files: which heading is which field, and what a school's own answers mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smassistant.errors import UserError
from smassistant.i18n import _
from smassistant.registry.answers import plain_answer
from smassistant.registry.headings import FIELDS, parse_field
from smassistant.registry.words import squash

_LARGEST = 1_000_000
_SECTIONS = {"columns", "values"}
_BOTH = {True: True, False: False, "yes": True, "no": False, "oui": True, "non": False}


@dataclass(frozen=True)
class Mapping:
    """What a school says about its own headings and answers.

    `columns` goes from heading (as `squash` writes it) to field, `values` from answer (as
    `plain_answer` writes it) to granted or not (None: no answer at all), `written` from the
    squashed to the heading as the mapping file writes it.
    """

    columns: Table[str, str] = field(default_factory=dict)
    values: Table[str, bool | None] = field(default_factory=dict)
    written: Table[str, str] = field(default_factory=dict)


def chosen_mapping(columns: Table[str, str], values: Table[str, bool | None]) -> Mapping:
    """The mapping that a person chose: heading to field, answer to yes, no or None for nothing.

    What can't be a field is left out, so that choices kept by an older version do no harm; a
    blank answer is not decided here.
    """
    fields = {heading: parse_field(name) for heading, name in columns.items()}
    known = {heading: name for heading, name in fields.items() if name and squash(heading)}
    answers = {plain_answer(answer): value for answer, value in values.items()}
    answers.pop("", None)
    return Mapping({squash(heading): name for heading, name in known.items()}, answers)


def load_mapping(path: Path) -> Mapping:
    """The mapping in a TOML file with `[columns]` and, where needed, `[values]`.

    Raises UserError where the file can't be read or names a field or answer that isn't there.
    """
    content = _content(path)
    for section in content:
        if section not in _SECTIONS or not isinstance(content[section], dict):
            raise _refused(
                _('The mapping file has a part named "{name}".').format(name=section),
                _("It may only have the parts [columns] and [values]."),
            )
    columns = content.get("columns", {})
    if not columns and not content.get("values"):
        raise _refused(_("The mapping file maps nothing: it has no entry in [columns]."))
    return Mapping(
        columns={squash(heading): _field(heading, name) for heading, name in columns.items()},
        values={
            plain_answer(answer): _granted(answer, value)
            for answer, value in content.get("values", {}).items()
        },
        written={squash(heading): heading for heading in columns},
    )


def _content(path: Path) -> dict[str, Any]:
    """The TOML of `path`."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise _refused(
            _("The mapping file {name} can't be opened.").format(name=path.name)
        ) from error
    if len(data) > _LARGEST:
        raise _refused(_("The mapping file {name} is too large.").format(name=path.name))
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _refused(
            _("The mapping file {name} is not valid TOML: {why}.").format(
                name=path.name, why=str(error).split("\n")[0].rstrip(".")
            )
        ) from error


def _field(heading: str, name: object) -> str:
    """The field `name`, checked."""
    found = parse_field(name) if isinstance(name, str) else ""
    if not found:
        raise _refused(
            _('The mapping file gives "{heading}" the field "{name}", which is not one.').format(
                heading=heading, name=name
            ),
            _("Fields are {fields}, and permissions such as photo:website.").format(
                fields=", ".join(FIELDS)
            ),
        )
    return found


def _granted(answer: str, value: object) -> bool:
    """Yes or no for an entry of [values]; a blank answer may not be mapped here."""
    plain = value.strip().casefold() if isinstance(value, str) else value
    granted = _BOTH.get(plain) if isinstance(plain, str | bool) else None
    if granted is None or not plain_answer(answer):
        raise _refused(
            _('The mapping file says that the answer "{answer}" means "{value}".').format(
                answer=answer, value=value
            ),
            _("An answer must not be blank and can only mean yes or no."),
        )
    return granted


def _refused(title: str, explanation: str = "") -> UserError:
    """A mapping file that can't be used."""
    return UserError(title, explanation, _("Correct the mapping file and try again."))
