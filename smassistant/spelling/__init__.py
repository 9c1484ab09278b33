"""Spelling of English and French at once: Hunspell's dictionaries and the school's own words."""
