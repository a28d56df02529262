"""What the computations say about the statements of the book, one module per subject.

Each module has ``records(checks, data)``, the records of its checks, and ``numbers(data)``,
what the chapter quotes. ``data`` holds the evidence by the stem of its file names.
"""
