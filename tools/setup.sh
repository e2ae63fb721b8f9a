#!/bin/sh
# Make .venv and install what a lock pins, then the project itself: setup.sh LOCK.
# Asks the network for nothing that is already there.
set -eu
cd "$(dirname "$0")/.."
lock=$1

find_python() {
    for name in python3 python3.11 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
            echo "$name"
            return
        fi
    done
    echo "Puente needs Python 3.11 or newer: install python3 and python3-venv." >&2
    exit 1
}

if ! [ -x .venv/bin/pip ]; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2> /dev/null; then
        echo "Python's venv module is missing: install it with 'apt-get install python3-venv'." >&2
        exit 1
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv .venv
fi

echo "Installing what $lock pins into .venv (a minute or two the first time)"
# The lock is whole, so nothing is resolved: older pips would take the newest `coverage[toml]`.
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
    -r "$lock"
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
