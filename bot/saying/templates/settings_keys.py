"""The same for what a server has set, and what an option lets people choose; see ``bot.saying.templates.keys``."""

from corpus.audience import Audience

SETTINGS = {
    **{f"choice.{audience}": "" for audience in Audience},
    "choice.as_server": "",
    "settings.heading": "",
    **{f"settings.server_{audience}": "" for audience in Audience},
    **{f"settings.entry_{audience}": "channel" for audience in Audience},
    **{f"settings.channel_{audience}": "channel" for audience in Audience},
    **{f"settings.channel_as_{audience}": "channel" for audience in Audience},
    "settings.more": "n",
    "settings.deleted": "",
    "settings.private": "",
}
