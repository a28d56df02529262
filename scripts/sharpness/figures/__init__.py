"""Figures of the chapter: each file draws one, from tables and arrays alone."""
