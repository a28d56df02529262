"""The handwritten digits that come with scikit-learn.

E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository (1998),
doi:10.24432/C50P49, CC BY 4.0: the test set of the collection.
"""


def handwritten_digits():
    """All images of 8 x 8 pixels, float64[1797, 64] of levels 0 .. 16, and what they show, int[1797]."""
    from sklearn.datasets import load_digits  # takes a second, which only some steps wait for

    found = load_digits()
    return found.data, found.target
