"""Picture agencies and stock sites, known by the marks they leave (clause 4.2)."""

from __future__ import annotations

import re

# Each with what stands in notices, file names and watermarks, spaces and dashes left open.
_MARKS = (
    ("Getty Images", r"getty[\s_-]*images?"),
    ("Shutterstock", r"shutter[\s_-]*stock"),
    ("iStock", r"\bistock(?:photo)?\b"),
    ("Alamy", r"\balamy\b"),
    ("Adobe Stock", r"adobe[\s_-]*stock|\bfotolia\b"),
    ("Dreamstime", r"dreams[\s_-]*time"),
    ("Depositphotos", r"deposit[\s_-]*photos?"),
    ("123RF", r"\b123rf\b"),
    ("Bigstock", r"\bbig[\s_-]?stock(?:[\s_-]*photo)?\b"),
    ("Associated Press", r"associated\s+press|\bap\s+photo\b|\b(?:photo|source)\s*[:/]\s*ap\b"),
    ("Reuters", r"\breuters\b"),
    ("The Canadian Press", r"canadian\s+press|presse\s+canadienne"),
    ("Agence France-Presse", r"agence\s+france[\s-]*presse|\bafp\s+(?:photo|via|forum)\b"),
    ("Corbis", r"\bcorbis\b"),
    ("Freepik", r"\bfreepik\b"),
    ("Unsplash", r"\bunsplash\b"),
    ("Pexels", r"\bpexels\b"),
    ("Pixabay", r"\bpixabay\b"),
    ("Flickr", r"\bflickr\b"),
)
_KNOWN = tuple((name, re.compile(mark)) for name, mark in _MARKS)
_UNDERSCORES = re.compile(r"[_\-.]+")


def agency_in(text: str) -> str:
    """The agency whose mark stands in a notice, a file name or a watermark; empty for none."""
    if not text:
        return ""
    plain = _UNDERSCORES.sub(" ", text.casefold())
    return next((name for name, mark in _KNOWN if mark.search(plain)), "")
