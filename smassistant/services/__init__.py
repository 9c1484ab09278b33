"""The steps of a post's life, one file each, named for what is being done."""
