"""Staff who sign in, their roles, and what each role may do (clauses 3, 4.1, 5, 6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user is for; one person may hold several."""

    AUTHOR = "author"
    RECORDS = "records"
    LEADER = "leader"
    COMMUNICATIONS = "communications"
    FOIP = "foip"


class Right(StrEnum):
    """One thing a user may be allowed to do."""

    WRITE_POSTS = "write_posts"
    APPROVE_POSTS = "approve_posts"
    SEE_REGISTRY = "see_registry"
    KEEP_REGISTRY = "keep_registry"
    KEEP_ACCOUNTS = "keep_accounts"
    PUBLISH = "publish"
    KEEP_USERS = "keep_users"
    SEE_TRAIL = "see_trail"
    ANSWER_REFERRALS = "answer_referrals"
    KEEP_RULES = "keep_rules"
    DECIDE_SUBJECTS = "decide_subjects"


_R = Right

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AUTHOR: frozenset({_R.WRITE_POSTS, _R.SEE_REGISTRY}),
    Role.RECORDS: frozenset({_R.SEE_REGISTRY, _R.KEEP_REGISTRY}),
    Role.LEADER: frozenset(
        {
            _R.WRITE_POSTS, _R.APPROVE_POSTS, _R.SEE_REGISTRY, _R.KEEP_ACCOUNTS, _R.PUBLISH,
            _R.KEEP_USERS, _R.SEE_TRAIL, _R.DECIDE_SUBJECTS,
        }
    ),
    Role.COMMUNICATIONS: frozenset(
        {
            _R.WRITE_POSTS, _R.APPROVE_POSTS, _R.KEEP_ACCOUNTS, _R.PUBLISH, _R.SEE_TRAIL,
            _R.KEEP_RULES,
        }
    ),
    Role.FOIP: frozenset({_R.SEE_REGISTRY, _R.SEE_TRAIL, _R.ANSWER_REFERRALS, _R.KEEP_RULES}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class User:
    """A member of staff who signs in. The password's hash never leaves the store."""

    id: str
    sign_in: str
    name: str
    school: str
    roles: frozenset[Role]
    active: bool = True
    version: int = 0

    def may(self, right: Right) -> bool:
        """Whether any of the user's roles gives them `right`."""
        return self.active and any(right in RIGHTS[role] for role in self.roles)
