"""How long does it take? Programs that measure, each side by side with its yardstick in one run.

They print figures and assert no timing. What they check is that the things compared give the same results.
"""
