"""Puente's composition root: reads the environment, wires the rooms and offers the command line."""
