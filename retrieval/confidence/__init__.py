"""Does the best sentence answer? Facts of a ranking → how likely that is, and whether the reports are about it."""
