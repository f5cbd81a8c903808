"""Who asks, and how do we say it?

The only room that knows Discord and the only asynchronous one. The terminal and Discord are two faces of one
``Service`` and say the same sentences, which stand in ``bot/saying/templates``.
"""
