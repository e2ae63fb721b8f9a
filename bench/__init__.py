"""Measurements, each as a ratio beside its limit in the same minute: `make bench`."""
