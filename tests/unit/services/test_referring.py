"""A post that a subject holds goes on by an answer, and only as it was answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from smassistant.domain.deliveries import DeliveryState
from smassistant.domain.findings import Resolution, ResolutionKind
from smassistant.domain.posts import Post, PostState
from smassistant.domain.referrals import Referral, ReferralState
from smassistant.domain.users import Role, User
from smassistant.errors import Clash, NotAllowed, UserError
from smassistant.services.approving import approve_post
from smassistant.services.auditing import list_entries
from smassistant.services.delivering import publish_due
from smassistant.services.drafting import (
    add_picture,
    discard_post,
    forget_unused_photos,
    put_back,
    save_draft,
    start_post,
)
from smassistant.services.keeping_settings import get_settings, save_settings
from smassistant.services.referring import (
    answer_referral,
    answered_referrals,
    new_answers,
    open_referrals,
    own_referrals,
    refer_post,
    referrals_of,
    see_answers,
    take_back,
    waiting_referrals,
)
from smassistant.services.reviewing import Review, Reviewer, answer
from tests.unit.connectors.conftest import jpeg
from tests.unit.services.conftest import School

TEXT = "The lawsuit about the new gym goes to court on Monday. Come and cheer!"
QUESTION = "It was in the newspaper already. May we say it?"
TONE = "Call 403 555 0199 to help!"


def ask(school: School, post: Post, question: str = QUESTION, actor: User | None = None) -> Post:
    by = actor or school.author
    return refer_post(school.context, by, school.reviewer, post.id, post.version, question)


def asked(school: School, text: str = TEXT) -> Post:
    return ask(school, school.write(text))


def newest(school: School, post: Post) -> Referral:
    return referrals_of(school.context, school.coordinator, post.id)[0]


def say(school: School, post: Post, may_go: bool, words: str = "", by: User | None = None) -> Post:
    referral = newest(school, post)
    who = by or school.coordinator
    answer_referral(school.context, who, referral.id, referral.version, may_go, words)
    return school.stored(post)


def with_reason(school: School, post: Post) -> Post:
    for finding in school.reviewer.review(post).findings:
        post = answer(post, finding, ResolutionKind.REASON, school.author.id, reason="Because.")
    return save_draft(school.context, school.author, post)


def let_leaders_decide(school: School, may: bool = True) -> None:
    settings = replace(get_settings(school.context), leader_may_decide=may)
    save_settings(school.context, school.coordinator, settings)


# --- asking ---------------------------------------------------------------------------------------


def test_a_reason_alone_does_not_let_a_subject_go(school: School) -> None:
    post = with_reason(school, school.write(TEXT))
    with pytest.raises(UserError, match="stand"):
        school.submit(post)


def test_a_reason_still_lets_another_warning_go(school: School) -> None:
    post = with_reason(school, school.write("Buy 20 % off at Sport Shop today."))
    assert post.resolutions
    assert school.submit(post).state is PostState.IN_REVIEW


def test_asking_keeps_the_draft_with_the_question(school: School) -> None:
    post = asked(school)
    assert post.state is PostState.REFERRED
    (referral,) = open_referrals(school.context, school.coordinator)
    assert (referral.question, referral.asked_by) == (QUESTION, school.author.id)
    assert referral.draft.text == TEXT
    assert referral.draft.accounts == (school.bluesky.id,)
    assert {finding.code for finding in referral.draft.findings} == {"topic.legal"}
    assert waiting_referrals(school.context, school.coordinator) == 1
    with pytest.raises(UserError, match="can't be edited"):
        save_draft(school.context, school.author, replace(post, text="Other"))


@pytest.mark.parametrize("question", ["", "  \n"])
def test_a_question_has_words(school: School, question: str) -> None:
    with pytest.raises(UserError, match="write your question"):
        ask(school, school.write(TEXT), question)


def test_there_is_nothing_to_ask_where_nothing_is_found(school: School) -> None:
    with pytest.raises(UserError, match="nothing to ask"):
        asked(school, "The book fair is open all week.")


def test_only_the_findings_chosen_are_asked_about(school: School) -> None:
    post = school.write(f"{TEXT} {TONE}")
    findings = school.reviewer.review(post).findings
    phone = next(finding for finding in findings if finding.code == "personal.phone")
    refer_post(
        school.context, school.author, school.reviewer, post.id, post.version, QUESTION,
        [(phone.code, phone.anchor)],
    )  # fmt: skip
    after = say(school, post, may_go=True)
    left = school.reviewer.review(after)
    assert {finding.code for finding in left.unanswered} == {"topic.legal"}
    assert "personal.phone" in {finding.code for finding in left.findings}


def test_only_the_author_asks_about_a_draft(school: School) -> None:
    with pytest.raises(UserError):
        ask(school, school.write(TEXT), actor=school.leader)
    with pytest.raises(NotAllowed):
        ask(school, school.write(TEXT), actor=school.records)


def test_asking_twice_or_on_an_older_version_is_told(school: School) -> None:
    post = school.write(TEXT)
    ask(school, post)
    with pytest.raises(Clash):
        ask(school, post)
    with pytest.raises(UserError, match="No question"):
        ask(school, school.stored(post))


def test_somebody_has_to_be_there_to_answer(school: School) -> None:
    with school.context.store.write() as work:
        for user in (school.coordinator, school.second_coordinator):
            work.users.save(replace(user, active=False))
    with pytest.raises(UserError, match="Nobody can answer yet"):
        asked(school)


def test_the_author_may_take_a_question_back(school: School) -> None:
    post = asked(school)
    referral = newest(school, post)
    with pytest.raises(NotAllowed):
        take_back(school.context, school.leader, referral.id, referral.version)
    back = take_back(school.context, school.author, referral.id, referral.version)
    assert back.state is PostState.DRAFT
    assert newest(school, post).state is ReferralState.TAKEN_BACK
    with pytest.raises(Clash, match="taken back"):
        answer_referral(school.context, school.coordinator, referral.id, referral.version, True)
    actions = [line.entry.action for line in list_entries(school.context, school.leader, post.id)]
    assert actions[:2] == ["referral.taken_back", "referral.asked"]


def test_a_question_goes_all_the_way_on_each_engine(either: School) -> None:
    post = ask(either, either.write(TEXT), "Ça va ?\x00 \ud83d👩‍🎨")
    assert newest(either, post).question == "Ça va ? ?👩‍🎨"
    post = say(either, post, may_go=True, words="Oui.\x00")
    either.approve(either.submit(post))
    publish_due(either.context, either.reviewer)
    assert either.delivery(post).state is DeliveryState.PUBLISHED
    other = either.write(TEXT.upper())
    say(either, ask(either, other), may_go=False, words="Non.")
    with pytest.raises(UserError):
        either.submit(either.write(TEXT))


def test_a_returned_post_can_be_asked_about(school: School) -> None:
    post = say(school, asked(school), may_go=False, words="Leave the date out.")
    assert post.state is PostState.RETURNED
    post = save_draft(school.context, school.author, replace(post, text=TEXT + " Soon."))
    assert ask(school, post).state is PostState.REFERRED


# --- a yes ----------------------------------------------------------------------------------------


def test_a_yes_carries_the_post_to_its_readers(school: School) -> None:
    post = say(school, asked(school), may_go=True, words="As it stands.")
    assert post.state is PostState.DRAFT
    review = school.reviewer.review(post)
    assert not review.unanswered
    assert "As it stands." in review.findings[0].message
    school.approve(school.submit(post))
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.PUBLISHED
    actions = [line.entry.action for line in list_entries(school.context, school.leader, post.id)]
    assert "referral.answered_yes" in actions


def test_a_yes_counts_only_while_the_store_says_so(school: School) -> None:
    post = school.submit(say(school, asked(school), may_go=True))
    school.approve(post)
    referral = newest(school, post)
    with school.context.store.write() as work:
        work.referrals.save(replace(referral, state=ReferralState.TAKEN_BACK))
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.HELD


def test_an_invented_answer_settles_nothing(school: School) -> None:
    other = say(school, asked(school), may_go=True)
    post = school.write(TEXT, resolutions=other.resolutions)
    assert school.reviewer.review(post).unanswered
    finding = school.reviewer.review(post).unanswered[0]
    forged = Resolution(
        finding.code, finding.anchor, ResolutionKind.REFERRAL, reason="r-none", by="u-fay"
    )
    assert school.reviewer.review(replace(post, resolutions=(forged,))).unanswered


def test_an_edit_brings_the_finding_back(school: School) -> None:
    post = say(school, asked(school), may_go=True)
    edited = save_draft(school.context, school.author, replace(post, text=TEXT + " Bring snacks."))
    standing = school.reviewer.review(edited).unanswered
    assert standing
    assert all("changed since the answer" in finding.message for finding in standing)
    with pytest.raises(UserError):
        school.submit(edited)
    as_before = save_draft(school.context, school.author, replace(edited, text=TEXT))
    assert school.submit(as_before).state is PostState.IN_REVIEW


def test_an_edited_description_brings_it_back_too(school: School) -> None:
    picture = add_picture(school.context, school.author, jpeg(), "court.jpg").picture
    picture = replace(picture, alt_text="The court house", looked=True, faces=())
    post = say(school, ask(school, school.write(TEXT, pictures=(picture,))), may_go=True)
    codes = [finding.code for finding in school.reviewer.review(post).unanswered]
    assert "topic.legal" not in codes
    other = replace(post, pictures=(replace(picture, alt_text="The judge"),))
    assert "topic.legal" in [f.code for f in school.reviewer.review(other).unanswered]


def test_the_author_hears_of_the_answer_once(school: School) -> None:
    post = say(school, asked(school), may_go=True)
    assert own_referrals(school.context, school.author)[post.id].answered_by == "u-fay"
    assert new_answers(school.context, school.author) == 1
    see_answers(school.context, school.leader, post.id)
    assert new_answers(school.context, school.author) == 1
    see_answers(school.context, school.author, post.id)
    assert new_answers(school.context, school.author) == 0


# --- a no -----------------------------------------------------------------------------------------


def test_a_no_needs_words_and_returns_the_post(school: School) -> None:
    post = asked(school)
    with pytest.raises(UserError, match="say why not"):
        say(school, post, may_go=False, words=" ")
    post = say(school, post, may_go=False, words="It is before the judge.")
    assert post.state is PostState.RETURNED
    assert post.comments[-1].text == "It is before the judge."
    with pytest.raises(UserError, match="stand") as refused:
        school.submit(with_reason(school, post))
    assert "before the judge" in str(refused.value) + refused.value.explanation


@pytest.mark.parametrize(
    "copied",
    [TEXT, f"  {TEXT.upper()}\n", TEXT.replace(" ", "\u00a0"), TEXT.replace("w", "w\u200b")],
)
def test_a_copy_of_a_refused_text_is_refused_to_anybody(school: School, copied: str) -> None:
    say(school, asked(school), may_go=False, words="No.")
    let_leaders_decide(school)
    author = replace(school, author=school.leader)
    post = with_reason(author, author.write(copied))
    assert "referral.answered_no" in {f.code for f in school.reviewer.review(post).unanswered}
    with pytest.raises(UserError):
        author.submit(post)


def test_a_refused_text_is_known_as_a_description_too(school: School) -> None:
    say(school, asked(school), may_go=False, words="No.")
    picture = add_picture(school.context, school.author, jpeg(), "court.jpg").picture
    picture = replace(picture, alt_text=TEXT, looked=True, faces=())
    review = school.reviewer.review(school.write("Look!", pictures=(picture,)))
    found = {(finding.code, finding.where) for finding in review.unanswered}
    assert ("referral.answered_no", "alt:1") in found


def test_a_changed_text_can_go_after_a_no(school: School) -> None:
    post = say(school, asked(school), may_go=False, words="No.")
    post = save_draft(school.context, school.author, replace(post, text="Come and cheer!"))
    assert school.submit(post).state is PostState.IN_REVIEW


def test_a_later_no_elsewhere_holds_what_was_approved(school: School) -> None:
    post = say(school, asked(school), may_go=True)
    approved = school.approve(school.submit(post))
    school.clock.pass_time(minutes=1)
    say(school, asked(school), may_go=False, words="Not any more.")
    publish_due(school.context, school.reviewer)
    assert school.delivery(approved).state is DeliveryState.HELD


def test_a_no_that_comes_while_a_post_is_being_sent_is_not_overtaken(school: School) -> None:
    post = school.approve(school.submit(say(school, asked(school), may_go=True)))
    other = asked(school)
    school.clock.pass_time(minutes=1)

    class LateReviewer(Reviewer):
        """The answer comes right after the last check."""

        reviews = 0

        def review(self, *given: Any, **named: Any) -> Review:
            found = super().review(*given, **named)
            self.reviews += 1
            if self.reviews == 2:
                say(school, other, may_go=False, words="Not any more.")
            return found

    publish_due(school.context, LateReviewer(school.context))
    assert school.delivery(post).state is DeliveryState.HELD


def test_a_later_yes_about_the_same_post_outdoes_a_no(school: School) -> None:
    post = say(school, asked(school), may_go=False, words="No.")
    school.clock.pass_time(minutes=1)
    post = say(school, ask(school, post, "And now that the trial is over?"), may_go=True)
    assert school.submit(post).state is PostState.IN_REVIEW


# --- who may answer -------------------------------------------------------------------------------


def test_two_answers_at_once(school: School) -> None:
    post = asked(school)
    seen = newest(school, post)
    answer_referral(school.context, school.coordinator, seen.id, seen.version, True)
    with pytest.raises(Clash, match="Somebody else answered"):
        answer_referral(
            school.context, school.second_coordinator, seen.id, seen.version, False, "No!"
        )
    assert newest(school, post).state is ReferralState.ANSWERED_YES


def test_nobody_answers_their_own_question(school: School) -> None:
    own = replace(school, author=school.second_coordinator)
    post = asked(own)
    assert waiting_referrals(school.context, school.second_coordinator) == 0
    with pytest.raises(NotAllowed, match="own question"):
        say(school, post, may_go=True, by=school.second_coordinator)
    assert say(school, post, may_go=True).state is PostState.DRAFT


def test_who_lost_the_role_answers_no_more(school: School) -> None:
    post = asked(school)
    with school.context.store.write() as work:
        work.users.save(replace(school.coordinator, roles=frozenset({Role.AUTHOR})))
    with pytest.raises(NotAllowed):
        say(school, post, may_go=True)  # still signed in as a coordinator
    assert school.stored(post).state is PostState.REFERRED


@pytest.mark.parametrize("who", ["author", "leader", "records"])
def test_others_do_not_see_or_answer_questions(school: School, who: str) -> None:
    post = asked(school)
    user = getattr(school, who)
    with pytest.raises(NotAllowed):
        open_referrals(school.context, user)
    with pytest.raises(NotAllowed):
        answered_referrals(school.context, user)
    with pytest.raises(NotAllowed):
        say(school, post, may_go=True, by=user)


def test_answers_are_found_again(school: School) -> None:
    say(school, asked(school), may_go=True, words="Approuvé à l’école.")
    school.clock.pass_time(minutes=1)
    say(school, asked(school, "He was sued! " + TEXT), may_go=False, words="Never.")

    def found(words: str) -> list[str]:
        return [
            each.answer for each in answered_referrals(school.context, school.coordinator, words)
        ]

    assert found("") == ["Never.", "Approuvé à l’école."]
    assert found("ecole approuve") == ["Approuvé à l’école."]
    assert found("SUED ann") == ["Never."]
    assert found("zebra") == []


# --- leaders --------------------------------------------------------------------------------------


def test_a_leader_asks_about_a_post_in_review(school: School) -> None:
    post = school.submit(school.write("The book fair is open all week."))
    post = ask(school, post, "The author hints at something here.", school.leader)
    assert post.state is PostState.REFERRED
    assert not newest(school, post).draft.findings
    back = say(school, post, may_go=True)
    assert back.state is PostState.IN_REVIEW
    assert school.approve(back).state is PostState.SCHEDULED


def test_a_leader_takes_a_question_back_to_the_queue(school: School) -> None:
    post = ask(school, school.submit(school.write("A plain text.")), actor=school.leader)
    referral = newest(school, post)
    back = take_back(school.context, school.leader, referral.id, referral.version)
    assert back.state is PostState.IN_REVIEW


def test_a_no_to_a_leader_binds_the_whole_text(school: School) -> None:
    post = ask(school, school.submit(school.write("A hint, hint.")), actor=school.leader)
    say(school, post, may_go=False, words="They mean the strike.")
    with pytest.raises(UserError):
        school.submit(school.write("a hint hint"))


def test_only_the_office_lets_leaders_decide(school: School) -> None:
    settings = replace(get_settings(school.context), leader_may_decide=True)
    with pytest.raises(NotAllowed, match="not yours to say"):
        save_settings(school.context, school.leader, settings)
    with pytest.raises(NotAllowed):
        save_settings(school.context, school.coordinator, replace(settings, school="Other"))
    save_settings(school.context, school.coordinator, settings)
    assert get_settings(school.context).leader_may_decide


def test_a_leader_decides_in_words(school: School) -> None:
    let_leaders_decide(school)
    with pytest.raises(UserError):
        school.submit(school.write(TEXT))
    post = school.submit(with_reason(school, school.write(TEXT)))
    assert school.reviewer.review(post).undecided
    with pytest.raises(UserError, match="your own decision"):
        school.approve(post)
    school.approve(post, decision="It is public record.")
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.PUBLISHED
    said = [line.what for line in list_entries(school.context, school.leader, post.id)]
    assert any("It is public record." in words for words in said)


def test_a_decision_ends_with_the_permission_to_decide(school: School) -> None:
    let_leaders_decide(school)
    post = school.submit(with_reason(school, school.write(TEXT)))
    school.approve(post, decision="It is public record.")
    let_leaders_decide(school, may=False)
    publish_due(school.context, school.reviewer)
    assert school.delivery(post).state is DeliveryState.HELD


def test_a_decision_is_the_approvers_own(school: School) -> None:
    let_leaders_decide(school)
    post = with_reason(school, school.write(TEXT))
    forged = [
        Resolution(
            each.code, each.anchor, ResolutionKind.DECISION, reason="Fine.", by=school.leader.id
        )
        for each in school.reviewer.review(post).undecided
    ]
    assert forged
    post = replace(post, resolutions=(*post.resolutions, *forged))
    post = school.submit(save_draft(school.context, school.author, post))
    with pytest.raises(UserError, match="your own decision"):
        school.approve(post)


def test_a_leader_does_not_decide_about_their_own_post(school: School) -> None:
    let_leaders_decide(school)
    own = replace(school, author=school.leader)
    post = own.submit(with_reason(own, own.write(TEXT)))
    with pytest.raises(NotAllowed, match="You wrote this post"):
        own.approve(post, decision="Fine.")


def test_a_communications_officer_does_not_decide(school: School) -> None:
    let_leaders_decide(school)
    officer = replace(school.second_leader, roles=frozenset({Role.COMMUNICATIONS}))
    post = school.submit(with_reason(school, school.write(TEXT)))
    with pytest.raises(NotAllowed, match="school leader"):
        approve_post(
            school.context, officer, school.reviewer, post.id, post.version, decision="Fine."
        )


# --- what is kept ---------------------------------------------------------------------------------


def test_pictures_of_an_open_question_are_kept(school: School) -> None:
    picture = add_picture(school.context, school.author, jpeg(), "court.jpg").picture
    post = ask(school, school.write(TEXT, pictures=(picture,)))
    with school.context.store.write() as work:
        work.posts.save(replace(school.stored(post), pictures=()))
    school.clock.pass_time(hours=48)
    assert forget_unused_photos(school.context) == 0
    say(school, post, may_go=False, words="No.")
    assert forget_unused_photos(school.context) == 1


def test_the_answer_outlives_the_post(school: School) -> None:
    post = say(school, asked(school), may_go=False, words="No.")
    gone = discard_post(school.context, school.author, post.id)
    with pytest.raises(UserError):
        school.submit(with_reason(school, school.write(TEXT)))
    assert newest(school, gone).answer == "No."
    put_back(school.context, school.author, gone)
    empty = start_post(school.context, school.author)
    assert not school.reviewer.review(empty).findings
