"""The API: what other programs may read, under `/api/v1/`."""
