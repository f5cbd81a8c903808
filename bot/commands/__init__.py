"""What can be asked for, in either face? One module a command, each written down once.

``command`` says what a command is, ``registry`` which there are. A command's words (what it is for, what each option
means) stand with all others in ``bot/saying/templates``, under its name.
"""
