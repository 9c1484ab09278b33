"""Sets up what the program needs and starts it; standard library only, used by main.py alone."""
