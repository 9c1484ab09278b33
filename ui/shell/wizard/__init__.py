"""The first start: from an empty folder to a signed-in leader."""
