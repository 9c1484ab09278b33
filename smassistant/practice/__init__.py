"""The practice network: a small Bluesky server on this computer, for trying the program out.

The demonstration publishes to it over HTTP with the real connector. Nothing reaches the internet,
everything is forgotten when it stops, and no other part of the program depends on it.
"""
