"""What the computations say about the statements of the book, one module per subject.

Each module has ``findings(data)``, what its checks compare, and ``numbers(data)``, what the
chapter quotes; see `scripts.common.claims.findings`.
"""
