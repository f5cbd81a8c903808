"""Which passages hold these terms best? BM25 with the numbers of rank-bm25, over arrays that a file can hold."""
