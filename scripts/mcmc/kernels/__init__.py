"""Compiled loops of the chains. None of them knows a transition matrix or a normalized probability."""
