"""Does the fake keep Discord's rules? Shown with a real discord.py client in the same loop."""
