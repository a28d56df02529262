"""What the chains say about the statements of the book, one module per figure.

Each module has ``findings(data)``, what its checks compare, and ``numbers(data)``, what the
chapter quotes; see `scripts.common.claims.findings`.
"""
