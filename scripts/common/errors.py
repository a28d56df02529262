"""What a user can mend, in a module that loads nothing: the workflow asks for it at every start."""


class InputError(ValueError):
    """Something the user can mend. The message is one line: what, where, what is allowed."""
