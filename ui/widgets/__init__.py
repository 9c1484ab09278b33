"""Widgets that several pages use, or that a page is made of."""
