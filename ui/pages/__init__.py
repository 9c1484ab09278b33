"""The pages in the order of the sidebar: a new page is one new file and one line here."""

from __future__ import annotations

from ui.pages.page import Page

ALL_PAGES: tuple[type[Page], ...] = ()
