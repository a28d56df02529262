"""From a measured number to the verdict on a statement of the book.

registry     what is to be checked: ``workflow/chapters/*/claims.yaml``
findings     what a group of checks finds in its tables, compared, or what is missing
records      one record per check
judgment     one record: its z, and whether it agrees, differs or is rejected
verdicts     one row: its verdict, computed from all its records
collection   all exact z together: error bars too small or too large
pooling      ten fresh seeds in one record
"""
