"""A cluster for the tests: three nodes of OpenSearch on loopback, which `.ci/opensearch` starts."""
