"""The practice network as a reader sees it: plain pages that say what they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from smassistant.i18n import _, language
from smassistant.practice.repository import Record, Repository

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
.practice { border: 2px solid #b45309; border-radius: 8px; padding: .5rem 1rem; }
article { border-bottom: 1px solid #8888; padding: 1rem 0; }
article p { white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 1rem 0; }
img { max-width: 100%; height: auto; border-radius: 8px; }
figcaption { font-size: 14px; }
"""


def feed_page(repository: Repository) -> str:
    """All posts, the newest first."""
    articles = "".join(_article(repository, post) for post in repository.posts())
    nothing = f"<p>{escape(_('Nothing has been published here yet.'))}</p>"
    return _page(f"@{repository.handle}", articles or nothing)


def post_page(repository: Repository, post: Record) -> str:
    """One post, with its pictures and their descriptions."""
    return _page(f"@{repository.handle}", _article(repository, post) + _way_back())


def missing_page() -> str:
    """What stands where a post was taken down or never was."""
    gone = escape(_("There is no post here. It may have been taken down."))
    return _page(_("No post"), f"<p>{gone}</p>" + _way_back())


def _page(title: str, content: str) -> str:
    notice = _(
        "This is a practice network on this computer. Nothing here reaches the internet, "
        "and everything is gone when the program is closed."
    )
    name = escape(_("Practice network"))
    return (
        f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)} – {name}</title><style>{_STYLE}</style></head><body>"
        f'<p class="practice" role="note"><strong>{name}.</strong> {escape(notice)}</p>'
        f"<main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _way_back() -> str:
    return f'<p><a href="/">{escape(_("All posts"))}</a></p>'


def _article(repository: Repository, post: Record) -> str:
    address = f"/profile/{quote(repository.handle)}/post/{quote(post.key)}"
    created = escape(str(post.value.get("createdAt", "")))
    embed = post.value.get("embed") or {}
    pictures = "".join(_figure(repository, image) for image in embed.get("images", ()))
    if "video" in embed:
        pictures = _film(repository, embed)
    return (
        f"<article><p>{_rich_text(post.value)}</p>{pictures}"
        f'<a href="{address}"><time datetime="{created}">{created}</time></a></article>'
    )


def _figure(repository: Repository, image: Mapping[str, Any]) -> str:
    query = urlencode({"did": repository.did, "cid": image["image"]["ref"]["$link"]})
    alt = image["alt"]
    caption = _("Description: {text}").format(text=alt) if alt else _("No description.")
    return (
        f'<figure><img src="/xrpc/com.atproto.sync.getBlob?{escape(query)}" alt="{escape(alt)}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _film(repository: Repository, embed: Mapping[str, Any]) -> str:
    query = urlencode({"did": repository.did, "cid": embed["video"]["ref"]["$link"]})
    alt = str(embed.get("alt", ""))
    caption = _("Description: {text}").format(text=alt) if alt else _("No description.")
    return (
        f'<figure><video controls src="/xrpc/com.atproto.sync.getBlob?{escape(query)}"></video>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _rich_text(value: Mapping[str, Any]) -> str:
    """The text with its links, which are given by offsets in UTF-8 bytes."""
    text = str(value["text"]).encode(errors="replace")
    shown, at = "", 0
    for start, end, uri in _links(value.get("facets") or ()):
        if at <= start < end <= len(text):
            words = escape(text[start:end].decode(errors="replace"))
            shown += escape(text[at:start].decode(errors="replace"))
            shown += f'<a href="{escape(uri)}" rel="noopener">{words}</a>'
            at = end
    return shown + escape(text[at:].decode(errors="replace"))


def _links(facets: Iterable[Mapping[str, Any]]) -> list[tuple[int, int, str]]:
    found = []
    for facet in facets:
        for feature in facet.get("features", ()):
            uri = str(feature.get("uri", ""))
            if uri.startswith(("http://", "https://")):
                found.append((facet["index"]["byteStart"], facet["index"]["byteEnd"], uri))
    return sorted(found)
