"""What do the reports say?

This room reads report files, splits them into numbered passages and keeps whole editions of them. It is
synchronous, and it knows neither Discord nor ranking.
"""
