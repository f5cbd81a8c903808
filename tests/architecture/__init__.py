"""Is the project still built as it says? House rules as ordinary tests: imports, modules, documents, Dockerfile.

Nothing here tests what the bot answers; that is for the tests of the rooms.
"""
