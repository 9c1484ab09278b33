"""Real servers that the tests start on this machine: Bluesky, PostgreSQL, a keyring, a bad line."""
