#!/bin/sh
# What the tests need from the system. As root apt installs what is missing; not as root
# PostgreSQL comes from a wheel, and tests that lack the rest are reported as NOT RUN.
set -eu
cd "$(dirname "$0")/.."

PACKAGES="postgresql chromium fonts-noto-core kannel kannel-extras"

has_postgresql() {
    ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null
}

is_installed() {
    [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2> /dev/null)" = installed ]
}

retry() {
    for pause in 2 10 30; do
        if "$@" > "$log" 2>&1; then return; fi
        sleep "$pause"
    done
    "$@" > "$log" 2>&1 || { cat "$log" >&2; return 1; }
}

install_by_apt() {
    missing=""
    for package in $PACKAGES; do
        is_installed "$package" || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    echo "Installing for the tests:$missing"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    retry apt-get update -qq
    # shellcheck disable=SC2086 # a list of names
    retry apt-get install -qq --yes --no-install-recommends $missing
    rm -f "$log"
}

if [ "$(id -u)" = 0 ]; then
    if command -v apt-get > /dev/null; then
        install_by_apt
    fi
elif ! has_postgresql; then
    # Already installed in the pinned version, this asks the network for nothing.
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
        -r tools/postgresql.lock
fi
