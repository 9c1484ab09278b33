"""The division's rule packs, version by version, and what authors called "not a problem"."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, insert, select
from sqlalchemy.orm import aliased

from smassistant.domain.feedback import Feedback, FeedbackState, TrainingExample
from smassistant.domain.rules import PackText
from smassistant.i18n import N_
from smassistant.storage.repositories.base import Mirror, VersionedMirror, changed_meanwhile
from smassistant.storage.rule_rows import FeedbackRow, RulePackRow

LATEST = 20  # versions of a pack that are read: more than anybody goes back
CLASH = N_("Somebody else changed this rule pack in the meantime.")


class RulePacksTable(Mirror[PackText]):
    """Implements `repositories.RulePacks`."""

    kind = "rules"
    row = RulePackRow
    shape = PackText

    def stamp(self) -> int:
        """Grows with every version of any pack; 0 while the division has none."""
        found = self._unit.rows(select(func.count()).select_from(RulePackRow))
        return int(found[0][0])

    def versions(self) -> dict[str, tuple[PackText, ...]]:
        """The latest versions of every pack by name, newest first."""
        other = aliased(RulePackRow)
        newest = select(func.max(other.version)).where(other.name == RulePackRow.name)
        late = RulePackRow.version > newest.scalar_subquery() - LATEST
        order = (RulePackRow.name, RulePackRow.version.desc())
        versions: dict[str, tuple[PackText, ...]] = {}
        for pack in self._many(self._select(late).order_by(*order)):
            versions[pack.name] = (*versions.get(pack.name, ()), pack)
        return versions

    def add(self, pack: PackText) -> None:
        """Put the next version in force; Clash when another one has that number already."""
        newest = select(func.max(RulePackRow.version)).where(RulePackRow.name == pack.name)
        if (self._unit.rows(newest)[0][0] or 0) != pack.version - 1:
            raise changed_meanwhile(CLASH)
        self._unit.change(self.kind, pack.name)
        self._unit.run(insert(RulePackRow).values(self._values(pack)))


class FeedbackTable(VersionedMirror[Feedback]):
    """Implements `repositories.FeedbackNotes`."""

    kind = "feedback"
    row = FeedbackRow
    shape = Feedback
    clash = N_("Somebody else dealt with this feedback in the meantime.")

    def get(self, feedback_id: str) -> Feedback | None:
        """The feedback of this id."""
        return self._one(FeedbackRow.id == feedback_id)

    def list(self, states: Iterable[FeedbackState], limit: int = 1000) -> tuple[Feedback, ...]:
        """Feedback in these states, newest first."""
        found = self._select(FeedbackRow.state.in_(list(states)))
        return self._many(found.order_by(FeedbackRow.at.desc(), FeedbackRow.id).limit(limit))

    def count(self, states: Iterable[FeedbackState]) -> int:
        """How many there are in these states."""
        found = select(func.count()).select_from(FeedbackRow)
        return int(self._unit.rows(found.where(FeedbackRow.state.in_(list(states))))[0][0])

    def open_on(self, rule: str, sentence: str) -> Feedback | None:
        """Open feedback on the same rule in the same sentence."""
        same = (FeedbackRow.rule == rule, FeedbackRow.sentence == sentence)
        return self._one(*same, FeedbackRow.state == FeedbackState.OPEN)

    def training_examples(self) -> tuple[TrainingExample, ...]:
        """The sentences kept as examples, oldest first."""
        found = select(FeedbackRow.sentence, FeedbackRow.categories).where(FeedbackRow.training)
        rows = self._unit.rows(found.order_by(FeedbackRow.at, FeedbackRow.id))
        return tuple(TrainingExample(row.sentence, row.categories) for row in rows)

    def add(self, feedback: Feedback) -> None:
        """Note a feedback."""
        self._insert([feedback])

    def save(self, feedback: Feedback) -> Feedback:
        """Store a changed feedback; Clash when somebody else did in between."""
        return self._update(feedback)
