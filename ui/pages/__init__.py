"""The pages in the order of the sidebar: a new page is one new file and one line here."""

from __future__ import annotations

from ui.pages.accounts import AccountsPage
from ui.pages.chase import ChasePage
from ui.pages.compose import ComposePage
from ui.pages.help import HelpPage
from ui.pages.library import LibraryPage
from ui.pages.page import Page
from ui.pages.posts import PostsPage
from ui.pages.published import PublishedPage
from ui.pages.queue import QueuePage
from ui.pages.referrals import ReferralsPage
from ui.pages.registry import RegistryPage
from ui.pages.rules import RulesPage
from ui.pages.settings import SettingsPage
from ui.pages.staff import StaffPage
from ui.pages.takedowns import TakedownsPage
from ui.pages.trail import TrailPage

ALL_PAGES: tuple[type[Page], ...] = (
    ComposePage,
    PostsPage,
    LibraryPage,
    QueuePage,
    ReferralsPage,
    PublishedPage,
    RegistryPage,
    ChasePage,
    TakedownsPage,
    RulesPage,
    AccountsPage,
    StaffPage,
    SettingsPage,
    TrailPage,
    HelpPage,
)
