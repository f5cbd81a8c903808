"""Where are passages searched that are too many for one machine? In an OpenSearch cluster, one index for each edition.

It finds what the embedded index finds, to the last bit, or says in one sentence why it cannot: never less than all of
it. The reports themselves, the words and what is reckoned with stay with whoever asks. Sync; knows no Discord.
"""
