"""One repository per kind of thing: domain values in and out, never a row."""
