"""What the measurements say about the statements of the book, one module per kind of evidence.

Each module has ``findings(data)``, what its checks compare, and ``numbers(data)``, what the
chapter quotes; see `scripts.common.claims.findings`.
"""
