"""Fakes at the borders named in the design: connector, keyring, clock, photo reader, mail."""
