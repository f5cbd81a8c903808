"""Which words are one word, may stand for each other, were misspelt, are common?"""
