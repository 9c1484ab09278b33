"""Stand-ins for what can't be made to happen on a real server."""
