"""Facts about other software as data, each row with its source.

One module a subject; a module holds frozen row types, a tuple of rows, and look-ups without judgement.
What follows from a fact is decided elsewhere: by a pass of the plan or by a check.
"""
