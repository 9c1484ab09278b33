"""Models between the services' frozen data and the views."""
