"""Frozen dataclasses, state tables and pure rules. No input, no output."""
