"""The hint layer: a small trained reader that says softly what a post reads like."""
