"""Finding people's names in text: the product's own engine."""
