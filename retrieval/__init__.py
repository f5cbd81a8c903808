"""Which of their words answer this?

This room ranks the passages and sentences of an edition against a question. It is synchronous and sees corpus values
only: no readers, no storage, no Discord.
"""
