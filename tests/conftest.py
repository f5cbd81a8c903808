"""Property tests assert what is true, never how fast it is found out."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
