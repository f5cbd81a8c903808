"""Is a quotation in the reports, word for word? What was quoted → a verdict, the true words, what differs, what is cut.

Pure values over the passages of a scope: nothing here ranks answers, and nothing is generated. Offsets count Unicode
code points and are half open.
"""
