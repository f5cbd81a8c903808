"""What is said, before it is known where: replies as values, made of what was found and of the templates.

Nothing here knows a terminal or Discord: no escape sequence, no mention, no id of a button's grammar, no limit of
a message. ``reply`` is the value, ``answers`` and ``compose`` make one of what was found, ``why`` explains one,
``records`` say the same to programs.
"""
