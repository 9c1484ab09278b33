"""Addresses of servers: which may be spoken to, and how."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from smassistant.i18n import _
from smassistant.ports import SurelyRefused


def on_this_computer(address: str) -> bool:
    """Whether the URL leads to this computer's loopback."""
    try:
        host = (urlsplit(address).hostname or "").lower()
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def service_origin(address: str) -> str:
    """The origin (`https://host[:port]`) of a server's address as a person typed it.

    Raises SurelyRefused for what is no address, and for plain http beyond this computer:
    the account's secret would travel readable by anyone.
    """
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        host, port = "", None
    if not host or parts.username is not None or parts.scheme not in {"http", "https"}:
        raise SurelyRefused(
            _("The address of the account's server is not usable."),
            next_step=_("Correct it on the accounts page, for instance https://bsky.social."),
        )
    if parts.scheme == "http" and not on_this_computer(text):
        raise SurelyRefused(
            _("The account's server would be spoken to without encryption."),
            _("Anyone on the way could read the account's password."),
            _("Use its https:// address."),
        )
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port else "")
