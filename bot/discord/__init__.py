"""Discord's face: how what is asked there is taken on, answered within Discord's rules, and delivered.

A command is a signature and one call (``commands``). What it does stands in ``tasks``, how it is served in ``desk``,
how a reply becomes a message in ``page`` (what fits) and ``render`` (as components), how the message gets out in
``courier`` (again and again in ``sender``, as fast as ``pace`` lets it). ``client`` wires all of it and keeps it
connected. The library of the same name is imported only by the modules that need it.
"""
