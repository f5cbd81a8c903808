"""What can be asked for in Discord, and how? A cog is a signature and one call.

Each module has a function ``commands`` that makes its commands around a ``Desk``; nothing is registered at import.
What a command does stands in ``tasks``, how it is served in ``desk``, how an answer gets to Discord in ``courier``.
"""
