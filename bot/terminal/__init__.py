"""The command line: which command is meant, what it does, and how a reply is drawn in a terminal, a pipe or a file.

Nothing here knows Discord; ``terminal.commands`` starts the bot by importing its client, and that only for ``run``.
"""
