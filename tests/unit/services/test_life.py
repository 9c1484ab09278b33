"""The life of a post under any order of steps: never its own approver, never unapproved words."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from smassistant.domain.consents import Answer
from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.posts import PostState
from smassistant.errors import IllegalStep, UserError
from smassistant.ports import Uncertain
from smassistant.services.approving import approve_post, refuse_post, return_post, submit_post
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import save_draft
from smassistant.services.handing_over import try_again
from tests.unit.services.conftest import TESS, open_school

TEXTS = ("Tessaly Brightwater won!", "The book fair is open.", "A sunny day.")
REFUSED_STEP = (UserError, IllegalStep)


class PostLife(RuleBasedStateMachine):
    """Any of three people tries any step at any time; the network fails now and then."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.school = open_school(Path(self.folder.name))
        self.post = self.school.write(TEXTS[0])
        self.approved_texts: set[str] = set()
        self.lose = False
        self.school.connector.after = self._line

    def teardown(self) -> None:
        if hasattr(self, "school"):
            self.school.context.store.close()
            self.folder.cleanup()

    def _line(self, step: str) -> None:
        if step == "send" and self.lose:
            raise Uncertain("lost")

    @rule(text=st.sampled_from(TEXTS))
    def edit(self, text: str) -> None:
        now = self.school.stored(self.post)
        with suppress(*REFUSED_STEP):
            save_draft(self.school.context, self.school.author, replace(now, text=text))

    @rule()
    def submit(self) -> None:
        now = self.school.stored(self.post)
        with suppress(*REFUSED_STEP):
            submit_post(
                self.school.context, self.school.author, self.school.reviewer, now.id, now.version
            )

    @rule(who=st.sampled_from(["author", "leader", "second_leader", "records"]))
    def approve(self, who: str) -> None:
        actor = getattr(self.school, who)
        now = self.school.stored(self.post)
        with suppress(*REFUSED_STEP):
            approve_post(self.school.context, actor, self.school.reviewer, now.id, now.version)
            assert actor.id != now.author
            assert who != "records"
            self.approved_texts.add(now.text)

    @rule(step=st.sampled_from([return_post, refuse_post]))
    def turn_down(self, step: object) -> None:
        now = self.school.stored(self.post)
        if now.state is PostState.IN_REVIEW and step is refuse_post:
            return  # an end: nothing more could happen
        with suppress(*REFUSED_STEP):
            step(self.school.context, self.school.leader, now.id, now.version, "Because.")  # type: ignore[operator]

    @rule(answer=st.sampled_from([Answer.GRANTED, Answer.WITHDRAWN]))
    def decide(self, answer: Answer) -> None:
        self.school.decide(TESS, answer)
        self.school.clock.pass_time(days=1)

    @rule(lose=st.booleans())
    def publish(self, lose: bool) -> None:
        self.lose = lose
        before = len(self.school.network.posts)
        publish_due(self.school.context, self.school.reviewer)
        if len(self.school.network.posts) > before:
            sent = list(self.school.network.posts.values())[-1]
            review = self.school.reviewer.review(replace(self.post, text=sent.text))
            assert not review.unanswered, "a post went out against the permissions of the day"

    @rule()
    def wait(self) -> None:
        self.school.clock.pass_time(minutes=7)

    @rule()
    def try_again(self) -> None:
        for row in self._rows():
            with suppress(*REFUSED_STEP):
                try_again(self.school.context, self.school.leader, row.id)

    @invariant()
    def at_most_one_post(self) -> None:
        if hasattr(self, "school"):
            assert len(self.school.network.posts) <= 1

    @invariant()
    def only_approved_words(self) -> None:
        if hasattr(self, "school"):
            sent = {parcel.text for parcel in self.school.network.posts.values()}
            assert sent <= self.approved_texts

    @invariant()
    def published_means_it_stands(self) -> None:
        if hasattr(self, "school"):
            for row in self._rows():
                if row.state is DeliveryState.PUBLISHED:
                    assert row.remote_id in self.school.network.posts

    def _rows(self):
        with self.school.context.store.read() as work:
            return work.deliveries.of_post(self.post.id)


PostLife.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestPostLife = PostLife.TestCase
