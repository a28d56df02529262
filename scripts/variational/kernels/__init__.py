"""Fixed points and sums on a computer: what the closed forms of `theory` are compared with."""
