"""What both faces ask for: answers, explanations, summaries, passages, the reports there are.

``service`` answers, ``live`` is the edition it answers from, ``names`` finds a report by what people call it,
``findings`` are the values given back that no other room has. Synchronous; knows neither faces nor how an edition is
made.
"""
