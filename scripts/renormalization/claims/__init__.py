"""Groups of checks: each has ``records(checks, data)`` and ``numbers(data)``."""
