"""Figures of the chapter: each file draws one, from tables alone."""
