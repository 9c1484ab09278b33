"""The window: pages, widgets and what they share. Everything it does goes through the services."""
