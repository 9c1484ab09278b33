"""Reading the audit trail and proving that it is whole."""

from __future__ import annotations

from dataclasses import dataclass

from smassistant.context import Context
from smassistant.domain.consents import Answer, Source
from smassistant.domain.places import PLACES
from smassistant.domain.settings import Entry
from smassistant.domain.users import Right, Role, User
from smassistant.i18n import N_, _
from smassistant.services.acting import PROGRAM, require

# What each action of the trail is in words; {place}, {reason} … come from the entry's details.
SENTENCES = {
    "school.set_up": N_("set the school up"),
    "settings.saved": N_("changed the settings"),
    "word.taught": N_("added “{word}” to the school's words"),
    "signed_in": N_("signed in"),
    "sign_in_refused": N_("was refused a sign-in"),
    "password.changed": N_("changed their password"),
    "password.reset": N_("set a new password for a member of staff"),
    "user.added": N_("gave a member of staff a sign-in ({roles})"),
    "user.saved": N_("changed a member of staff's sign-in ({roles})"),
    "account.connected": N_("connected the account {name} ({place})"),
    "account.disconnected": N_("disconnected an account"),
    "roster.imported": N_("brought a roster in: {added} new, {changed} changed"),
    "import.undone": N_("took an import back"),
    "people.left": N_("marked people as having left: {count}"),
    "decision.recorded_for_many": N_(
        "recorded a permission for {people} people: {answer} ({source})"
    ),
    "permissions.rolled_over": N_("let permissions of {people} people end on {ends}"),
    "bulk.undone": N_("took a step about many people back"),
    "decision.corrected": N_("corrected a permission that was entered by mistake"),
    "person.added": N_("added a person"),
    "person.saved": N_("changed what is known about a person"),
    "people.merged": N_("made two records of a person one"),
    "merge.undone": N_("made one record two again"),
    "scan.attached": N_("kept the scan of a form"),
    "scan.opened": N_("looked at the scan of a form"),
    "list.exported": N_("exported a list of {people} people"),
    "takedown.opened": N_("put a post on the list of those to take down"),
    "takedown.open": N_("said that a post has to come down after all: {reason}"),
    "takedown.removing": N_("began to take a post down"),
    "takedown.gone": N_("saw that a post is gone"),
    "takedown.kept": N_("let a post stay: {reason}"),
    "decision.recorded": N_("recorded a permission: {answer} ({source})"),
    "person.restricted": N_("marked a person as never to be published"),
    "person.unrestricted": N_("lifted the rule that a person is never to be published"),
    "post.started": N_("started a post"),
    "post.edited": N_("edited a post; its earlier approval holds no more"),
    "post.discarded": N_("discarded a draft"),
    "post.put_back": N_("took a discarded draft back"),
    "post.submitted": N_("submitted a post for approval"),
    "post.approved": N_("approved a post"),
    "post.returned": N_("returned a post with a comment"),
    "post.refused": N_("refused a post"),
    "picture.barred": N_("said that pictures may not be used again: {count}"),
    "picture.bar_lifted": N_("allowed a picture to be used again: {reason}"),
    "post.decided": N_("decided that a subject may go out: {reason}"),
    "referral.asked": N_("asked the privacy office about a post"),
    "referral.taken_back": N_("took a question to the privacy office back"),
    "referral.answered_yes": N_("answered about a post: it may go out"),
    "referral.answered_no": N_("answered about a post: not like this"),
    "rule.saved": N_("changed the rule {rule}"),
    "rule.switched_off": N_("switched the rule {rule} off"),
    "rule.put_back": N_("put the shipped rule {rule} back"),
    "rule.undone": N_("undid a change of the rule pack {pack}"),
    "rules.imported": N_("brought the rule pack {pack} in"),
    "feedback.given": N_("said that a finding is not a problem: {rule}"),
    "feedback.exception": N_("made an exception in the rule {rule}"),
    "feedback.kept": N_("kept a sentence as an example: {rule}"),
    "feedback.dismissed": N_("dismissed feedback on {rule}"),
    "feedback.open": N_("opened feedback on {rule} again"),
    "delivery.armed": N_("started sending a post to {account}"),
    "delivery.published": N_("published a post on {account}"),
    "delivery.retry": N_("will try again on {account}: {reason}"),
    "delivery.refused": N_("could not publish on {account}: {reason}"),
    "delivery.uncertain": N_("does not know whether a post was published on {account}"),
    "delivery.held": N_("held a post for {account}: {reason}"),
    "delivery.missed": N_("missed the time of a post for {account}"),
    "delivery.planned": N_("planned a post again for {account}"),
}

# The codes that details hold, in words; the trail keeps codes so that it reads in every language.
_CODES: dict[str, dict[str, str]] = {
    "roles": {
        Role.AUTHOR: N_("author"),
        Role.RECORDS: N_("office staff"),
        Role.LEADER: N_("school leader"),
        Role.COMMUNICATIONS: N_("Communications Officer"),
        Role.FOIP: N_("FOIP Coordinator"),
    },
    "answer": {
        Answer.GRANTED: N_("granted"),
        Answer.REFUSED: N_("refused"),
        Answer.WITHDRAWN: N_("withdrawn"),
    },
    "source": {
        Source.FORM: N_("signed form"),
        Source.CALL: N_("telephone call"),
        Source.LETTER: N_("letter"),
        Source.EMAIL: N_("e-mail"),
        Source.ROSTER: N_("roster file"),
    },
    "place": {key: place.title for key, place in PLACES.items()},
}


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the trail as a person reads it."""

    entry: Entry
    who: str
    what: str


def list_entries(
    context: Context, actor: User, subject: str = "", limit: int = 200
) -> tuple[TrailLine, ...]:
    """The trail, newest first; of one post, person, user or account when `subject` is its id."""
    require(actor, Right.SEE_TRAIL)
    with context.store.read() as work:
        entries = work.trail.list(subject, limit)
        names = {user.id: user.name for user in work.users.list()}
    names[PROGRAM] = _("The program")
    return tuple(
        TrailLine(entry, names.get(entry.actor, _("Somebody")), _sentence(entry))
        for entry in entries
    )


def faults(context: Context) -> tuple[str, ...]:
    """What is wrong with database or trail, in plain words; empty when both are whole."""
    return context.store.faults()


def _sentence(entry: Entry) -> str:
    """The action in words; a detail that was erased reads as a dash."""
    details = {name: _worded(name, value) for name, value in entry.details.items()}
    return _(SENTENCES.get(entry.action, entry.action)).format_map(_Erasable(details))


def _worded(name: str, value: str) -> str:
    """A detail as it is read: the words for its codes, or itself."""
    words = _CODES.get(name)
    if words is None:
        return value
    return ", ".join(_(words.get(code, code)) for code in value.split(", "))


class _Erasable(dict[str, str]):
    """Details in which a missing one is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"
