"""Exact answers: conjugate posteriors and evidences, least squares, walks as matrices."""
