"""Imports discord.py once, past the warning of its own that every test run would otherwise trip over."""

import warnings

with warnings.catch_warnings():
    # discord.py 2.7 imports audioop, which Python 3.11 and 3.12 announce as deprecated.
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    import discord  # noqa: F401  # imported for its side effect: the module is loaded
