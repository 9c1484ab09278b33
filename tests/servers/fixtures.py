"""Fixtures that lend the tests real servers; each skips with a reason where it can't run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.servers.bluesky import Bluesky, run_bluesky, why_not_bluesky
from tests.servers.faults import FaultProxy, run_fault_proxy
from tests.servers.keyring import run_keyring, why_not_keyring
from tests.servers.postgres import new_database, run_postgres, why_not_postgres


@pytest.fixture(scope="session")
def bluesky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bluesky]:
    """A real Bluesky server with the accounts oakprimary.test and parent.test."""
    if reason := why_not_bluesky():
        pytest.skip(reason)
    with run_bluesky(tmp_path_factory.mktemp("bluesky")) as server:
        yield server


@pytest.fixture
def fault_proxy(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], FaultProxy]]:
    """`fault_proxy(url)` puts a bad line in front of a server."""
    with ExitStack() as stack:
        yield lambda url: stack.enter_context(
            run_fault_proxy(url, tmp_path_factory.mktemp("faults"))
        )


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: `postgresql://…/postgres`, as its superuser."""
    if reason := why_not_postgres():
        pytest.skip(reason)
    with run_postgres() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty database of this test's own."""
    with new_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def keyring_bus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment variables of a private, unlocked keyring; see the marker `keyring`."""
    if reason := why_not_keyring():
        pytest.skip(reason)
    with run_keyring(tmp_path_factory.mktemp("keyring")) as variables:
        yield variables
