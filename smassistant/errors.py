"""The one error a person ever sees."""

from __future__ import annotations


class UserError(Exception):
    """Something a person can do something about.

    `title` says what happened, `explanation` why, `next_step` what to do. They are shown to the
    person and may name whom a finding is about, but never hold a secret; no text of an error is
    ever logged, only its kind.
    """

    def __init__(self, title: str, explanation: str = "", next_step: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.explanation = explanation
        self.next_step = next_step

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.explanation, self.next_step) if part)


class NotAllowed(UserError):
    """The person's roles do not give them this right."""


class Clash(UserError):
    """Somebody else changed the same thing in between."""


class IllegalStep(Exception):
    """A step the state tables don't allow: a defect in the program, never silently ignored."""


class Cancelled(Exception):
    """The person cancelled the task."""
