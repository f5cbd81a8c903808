"""How is the bot doing? Numbers for Prometheus, counted outside of what they count; never of whom, where or what.

What happens is seen through ``bot.logs.observing``, how things stand is asked for at each scrape. No label holds
anything but words of the program's own, so that there are as many series as these have.
"""
