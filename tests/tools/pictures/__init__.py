"""What do the bot's replies look like? Its real payloads, drawn as Discord shows them, as pictures.

``python -m tests.tools.pictures`` makes the pictures of the documents anew. Up to the HTML nothing is needed but
Python; the last step is headless Chromium's. They are near enough to Discord to judge a reply by, and copy nothing of
Discord's.
"""
