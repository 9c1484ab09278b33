"""People of the registry: students, staff, volunteers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from smassistant.i18n import _

LEFT = "left"  # the status of somebody who is no longer on the roster


class Kind(StrEnum):
    """What a person is to the school."""

    STUDENT = "student"
    STAFF = "staff"
    VOLUNTEER = "volunteer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the registry; `number` is the student or staff number as the roster writes it.

    `restricted` means never publish; the reason is not stored anywhere. `status` is the roster's
    own word for enrolment ("active", "left" …). Of several preferred names the first is
    `preferred_name`, the others stand in `other_names`. `avoid_names` are former names: texts are
    searched for them, but they are never shown. `signs_for_self` marks an adult student.
    """

    id: str
    number: str
    first_name: str
    last_name: str
    preferred_name: str = ""
    other_names: tuple[str, ...] = ()
    kind: Kind = Kind.STUDENT
    grade: str = ""
    homeroom: str = ""
    school: str = ""
    status: str = ""
    restricted: bool = False
    version: int = 0
    signs_for_self: bool = False
    avoid_names: tuple[str, ...] = ()

    @property
    def shown_name(self) -> str:
        """The name to show: preferred before legal first name, then the last name."""
        return f"{self.preferred_name or self.first_name} {self.last_name}".strip()

    @property
    def described(self) -> str:
        """Name, homeroom or grade, and school: enough to tell two people of one name apart."""
        group = self.homeroom or (_("Grade {grade}").format(grade=self.grade) if self.grade else "")
        return ", ".join(part for part in (self.shown_name, group, self.school) if part)
