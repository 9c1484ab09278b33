"""A school in a data folder as the wizard leaves it, made once and copied for each test."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from PIL import Image

from smassistant.bootstrap import create_home, open_home
from smassistant.context import Context
from smassistant.domain.deliveries import Delivery, DeliveryState
from smassistant.domain.pictures import Origin, Picture, Reading, TakenBy
from smassistant.domain.places import Account
from smassistant.domain.posts import Post
from smassistant.domain.users import Role, User
from smassistant.security.passphrase import Cost, open_master, seal_master
from smassistant.services.approving import approve_post, submit_post
from smassistant.services.drafting import add_picture, save_draft, start_post
from smassistant.services.importing import import_roster, preview_roster
from smassistant.services.keeping_accounts import connect_account
from smassistant.services.keeping_users import add_user
from smassistant.services.reviewing import Reviewer
from smassistant.services.setting_up import SetUp, set_up
from tests.servers.bluesky import Bluesky

PASSPHRASE = "gravel lantern picnic otter"
PASSWORD = "Harbour-quilt-82-sparrow"
SCHOOL = "Quarry Hill School"
LEADER, AUTHOR = "l.achebe", "n.petrov"
LEADER_NAME, AUTHOR_NAME = "Lena Achebe", "Nikolai Petrov"
FACEBOOK_PAGE = "https://www.facebook.com/quarryhill.example"

# Tessaly may be named and shown, Logan may not.
ROSTER = """\
student_number,first_name,last_name,grade,homeroom,school,name:social_media,photo:social_media,signer
51,Logan,Vantongeren,4,4B,Quarry Hill School,no,no,Parent of Logan
52,Tessaly,Brightwater,4,4B,Quarry Hill School,yes,yes,Parent of Tessaly
"""

_CHEAP = Cost(passes=1, memory=8 * 2**20)  # every start of the program pays it


@dataclass(frozen=True)
class Home:
    """A closed school in `folder`; `picture` lies in its database and is in no post yet."""

    folder: Path
    leader: User
    author: User
    bluesky: Account
    facebook: Account
    picture: Picture

    def copy(self, folder: Path) -> Home:
        """The same school once more, to be changed by one test."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)

    def open(self) -> Context:
        """Open it as another run of the program does."""
        return open_home(self.folder, PASSPHRASE).context

    def deliveries(self) -> tuple[Delivery, ...]:
        """Every delivery as it is stored."""
        context = self.open()
        try:
            with context.store.read() as work:
                return work.deliveries.list(DeliveryState)
        finally:
            context.store.close()


def make_home(folder: Path, server: Bluesky) -> Home:
    """Set a school up under a passphrase, with staff, a roster and accounts on real places."""
    roster = folder.parent / "roster.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    context = create_home(folder, PASSPHRASE).context
    try:
        plan = SetUp(SCHOOL, "Coulee Plains", LEADER_NAME, LEADER, PASSWORD)
        leader = set_up(context, plan)
        roles = frozenset({Role.AUTHOR})
        author = add_user(context, leader, AUTHOR_NAME, AUTHOR, roles, PASSWORD)
        import_roster(context, leader, preview_roster(context, roster))
        known = server.accounts[0]
        wanted = Account("", "bluesky", "bluesky", SCHOOL, SCHOOL, known.handle, service=server.url)
        bluesky = connect_account(context, leader, wanted, known.app_password)
        page = Account("", "facebook", "by_hand", SCHOOL, SCHOOL, address=FACEBOOK_PAGE)
        facebook = connect_account(context, leader, page)
        picture = add_picture(context, author, jpeg(), "cakes.jpg").picture
    finally:
        context.store.close()
    seal_master(folder, open_master(folder, PASSPHRASE), PASSPHRASE, _CHEAP)
    own = Origin(TakenBy.OWN)
    described = replace(
        picture, alt_text="Two cakes on a table.", looked=True, origin=own, reading=Reading.THOROUGH
    )
    return Home(folder, leader, author, bluesky, facebook, described)


def submitted(
    home: Home,
    context: Context,
    text: str,
    accounts: tuple[Account, ...],
    pictures: tuple[Picture, ...] = (),
) -> Post:
    """A post that its author handed in."""
    post = start_post(context, home.author)
    keys = tuple(account.id for account in accounts)
    post = replace(post, text=text, accounts=keys, pictures=pictures)
    post = save_draft(context, home.author, post)
    return submit_post(context, home.author, Reviewer(context), post.id, post.version)


def approved(
    home: Home,
    context: Context,
    text: str,
    accounts: tuple[Account, ...],
    pictures: tuple[Picture, ...] = (),
) -> Post:
    """A post that the leader approved for now."""
    post = submitted(home, context, text, accounts, pictures)
    return approve_post(context, home.leader, Reviewer(context), post.id, post.version)


def through(context: Context, account: Account, service: str) -> Account:
    """The account as reached by another address, such as a bad line's."""
    with context.store.write() as work:
        stored = work.accounts.get(account.id)
        assert stored is not None
        return work.accounts.save(replace(stored, service=service))


def some_text() -> str:
    """A text no other test posts."""
    return f"The book fair is open all week {uuid4().hex}"


def jpeg() -> bytes:
    """A small made-up picture without people."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize((480, 320)).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def environment() -> Mapping[str, str]:
    """What a second program needs to open the school without asking."""
    return {"SMASSISTANT_PASSPHRASE": PASSPHRASE}
