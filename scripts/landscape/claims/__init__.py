"""What the landscapes say about the statements of the book, one module per kind of landscape.

Each module has ``records(checks, data)``, the records of its checks, and ``numbers(data)``,
what the chapter quotes. ``data`` holds the evidence by the stem of its file names.
"""
