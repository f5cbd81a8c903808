"""Discord's numbers, each with the page of its developer documentation that says so."""

# Interactions
FIRST_RESPONSE_SECONDS = 3.0  # Receiving and Responding: initial response within 3 seconds
TOKEN_SECONDS = 15 * 60.0  # Receiving and Responding: tokens are valid for 15 minutes
AUTOCOMPLETE_CHOICES = 25  # Receiving and Responding: max of 25 choices
CHOICE_NAME = 100  # Application Commands: 1-100 character choice name
CHOICE_VALUE = 100  # Application Commands: value up to 100 characters if string
ATTACHMENT_BYTES = 10 * 1024 * 1024  # Reference, Uploading Files: 10 MiB by default
ATTACHMENTS = 10  # Message resource: up to 10 files in a message

# Messages
CONTENT = 2000  # Message resource, Create Message: up to 2000 characters
NONCE = 25  # Message resource, Create Message: nonce of up to 25 characters
NONCE_SECONDS = 180.0  # Message resource: uniqueness of a nonce is checked over the past few minutes
EMBEDS = 10  # Message resource, Create Message: up to 10 embeds
EMBED_TITLE = 256  # Message resource, Embed Limits
EMBED_DESCRIPTION = 4096  # Message resource, Embed Limits
EMBED_FIELDS = 25  # Message resource, Embed Limits
EMBED_FIELD_NAME = 256  # Message resource, Embed Limits
EMBED_FIELD_VALUE = 1024  # Message resource, Embed Limits
EMBED_FOOTER = 2048  # Message resource, Embed Limits
EMBED_AUTHOR = 256  # Message resource, Embed Limits
EMBEDS_TOTAL = 6000  # Message resource, Embed Limits: combined over all embeds of a message
URL = 2048  # Observed: the API answers "Must be 2048 or fewer in length." for longer URLs of embeds

# Components
ROWS = 5  # Component Reference, Legacy Message Component Behavior: up to 5 action rows
ROW_BUTTONS = 5  # Component Reference, Action Row: up to 5 buttons
COMPONENTS_TOTAL = 40  # Component Reference: messages allow up to 40 total components, nested ones included
COMPONENTS_TEXT = 4000  # Component Reference; discord.py LayoutView.content_length: over all text displays
BUTTON_LABEL = 80  # Component Reference, Button
BUTTON_URL = 512  # Component Reference, Button
CUSTOM_ID = 100  # Component Reference, Custom ID: 1-100 characters, unique in a message
SECTION_TEXTS = 3  # Component Reference, Section: one to three text displays
GALLERY_ITEMS = 10  # Component Reference, Media Gallery: 1 to 10 items
MEDIA_DESCRIPTION = 1024  # Component Reference, Thumbnail
SELECT_OPTIONS = 25  # Component Reference, String Select
SELECT_PLACEHOLDER = 150  # Component Reference, String Select
SELECT_OPTION_TEXT = 100  # Component Reference, Select Option: label, value and description
MODAL_COMPONENTS = 5  # Receiving and Responding, Modal: between 1 and 5
MODAL_TITLE = 45  # Receiving and Responding, Modal
LABEL_TEXT = 45  # Component Reference, Label
LABEL_DESCRIPTION = 100  # Component Reference, Label
INPUT_VALUE = 4000  # Component Reference, Text Input
INPUT_PLACEHOLDER = 100  # Component Reference, Text Input

# Commands
COMMAND_NAME = 32  # Application Commands, Naming: 1-32 characters
COMMAND_DESCRIPTION = 100  # Application Commands: 1-100 characters
COMMAND_OPTIONS = 25  # Application Commands: max of 25, on every level
COMMAND_TOTAL = (
    8000  # Application Commands: names, descriptions and values of one command with its longest localisations
)
OPTION_TEXT = 6000  # Application Commands: maximum of min_length and max_length
SLASH_COMMANDS = 100  # Application Commands, Registering: 100 CHAT_INPUT commands in a scope
CONTEXT_COMMANDS = 15  # Application Commands, Registering: 15 USER and 15 MESSAGE commands in a scope
CREATES_A_DAY = 200  # Application Commands, Registering: creates per day, per guild
LARGEST_INTEGER = 2**53 - 1  # Application Commands, Option Type: integers between -2^53+1 and 2^53-1

# Channels and threads
THREAD_NAME = 100  # Channel resource: 1-100 characters

# Gateway
HEARTBEAT_MILLISECONDS = 41_250  # Gateway events, Hello: the value of the documented example
GATEWAY_VERSION = 10  # Gateway: API version 10
GATEWAY_PAYLOAD_BYTES = 4096  # Gateway, Sending Events: larger payloads close the connection
SESSION_STARTS_A_DAY = 1000  # Gateway, Session Start Limit

# Rates
REQUESTS_A_SECOND = 50  # Rate Limits, Global Rate Limit; callbacks and webhooks are exempt

_LOCALES = (
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th"
    " zh-CN ja zh-TW ko"
)
LOCALES = frozenset(_LOCALES.split())  # Reference, Locales
