"""Reports as arrays, so that a start makes no passage before somebody looks at it: made, read and picked from."""
