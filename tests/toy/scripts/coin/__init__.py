"""A fair coin, tossed often."""
