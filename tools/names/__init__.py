"""Posts and names that the weights of lone names are learned from."""
