"""Discord's limits, each with the page of its documentation that gives it; and ours that follow from them."""

# Component Reference
MESSAGE_TEXT = 4_000  # characters over all text displays of a message; LayoutView.content_length in discord.py
MESSAGE_COMPONENTS = 40  # nested ones included
ROW_BUTTONS = 5  # Action Row
MENU_OPTIONS = 25  # String Select
OPTION_TEXT = 100  # Select Option Structure: label, value and description
PLACEHOLDER = 150  # String Select
BUTTON_LABEL = 80  # Button
FORM_TITLE = 45  # Receiving and Responding, Modal
FIELD_LABEL = 45  # Label
FIELD_EXAMPLE = 100  # Text Input, placeholder
CUSTOM_ID = 100  # Custom ID: 1 to 100 characters, unique in a message

# Application Commands, Option Choice Structure; Receiving and Responding, Autocomplete
MOST_CHOICES = 25
CHOICE_TEXT = 100  # 1 to 100 characters: the name; a value that is a text

# Receiving and Responding
FIRST_RESPONSE_SECONDS = 3.0  # then the token is dead
TOKEN_SECONDS = 15 * 60.0  # edits and follow-ups

# Rate Limits, Global Rate Limit: 50; the rest is for what discord.py asks on its own
MOST_A_SECOND = 45.0

# Ours
MOST_BUTTONS = 11  # under one message: two rows of ways on, and a row of what one thinks of it and of sharing it
LIST_ROOM = 3_000  # characters before escaping: what a list of many entries may take; the rest is counted
