"""On what does a text lean that was typed after an answer, and how is it read then?"""
