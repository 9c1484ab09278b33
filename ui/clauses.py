"""What each clause of the division's procedure asks, in short."""

from __future__ import annotations

from smassistant.i18n import N_, _

# The division's administrative procedure 607.4 in short; the full text is the division's.
CLAUSES = (
    ("1", N_("Social media complement the school's website: link to it where you can.")),
    ("2", N_("Post school news, results, calendars, photos, celebrations.")),
    (
        "3",
        N_(
            "Accounts are approved by the division and looked after by the Communications "
            "Officer and the school leader. Strong passwords; lock or sign off when you are done."
        ),
    ),
    ("4", N_("Every post, photos too, follows provincial privacy law and division policy.")),
    ("4.1", N_("Names and pictures need permission before they are published anywhere.")),
    ("4.2", N_("Respect copyright: your own pictures and words, or with the owner's permission.")),
    ("5", N_("What is degrading, discriminatory, defamatory or offensive is removed.")),
    ("5.1", N_("Accounts are looked at regularly, so that comments stay fit for a school.")),
    ("5.2", N_("When a post is removed, the reason is written down.")),
    (
        "6",
        N_(
            "Nothing about legal matters, controversial subjects, division policy, contracts or a "
            "crisis. In doubt, don't post: ask the privacy office."
        ),
    ),
    ("7", N_("Approved accounts show the division's disclaimers.")),
    ("8", N_("Questions from the public are answered in good time; mistakes are corrected.")),
)


def clause_text(clause: str) -> str:
    """What the clause asks; empty for one that is not listed."""
    return next((_(text) for number, text in CLAUSES if number == clause), "")
