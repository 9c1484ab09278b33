"""What stands around the pages: gates, sidebar, header, banner."""
