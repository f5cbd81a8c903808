"""What would Discord do? Stand-ins that keep the platform's rules, for tests and benchmarks.

``discord_server`` is Discord's HTTP API and gateway on loopback, against which a real discord.py client runs.
``bot_process`` starts the bot as its users start it. ``load`` asks many questions at a steady pace and measures the
answers.

Nothing here may import the rooms of the project: a fake that knows the code under test would agree with its mistakes.
"""
