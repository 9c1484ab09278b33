"""Keys, secrets and passwords."""
