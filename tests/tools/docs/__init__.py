"""What in the documents is made by the program, not typed: tables of commands and settings, transcripts, JSON.

``python -m tests.tools.docs`` writes it anew; tests/architecture/test_made.py says where it is not as it would be.

- Between ``<!-- made: NAME -->`` and ``<!-- end -->`` stands what ``makers`` makes under that name.
- A block after ``<!-- printed -->`` is what the ``sh`` block above it prints; ``<!-- printed, lists cut -->`` leaves of
  lists of objects only the first.
"""
