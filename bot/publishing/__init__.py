"""How an edition comes to be live: report files → an edition in the store → the service that answers from it.

``refresh`` is the act, ``keeper`` does it for a running bot, ``workshop`` has it done in a process of its own, which is
``maker``. Synchronous; knows no answering and no Discord.
"""
