"""`python -m puente` is `puente`."""

import os

from puente.commands import main
from puente.orphans import PARENT, end_with_parent

if parent := os.environ.pop(PARENT, None):
    end_with_parent(int(parent))
main(prog_name="puente")
