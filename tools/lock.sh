#!/bin/sh
# Writes the locks again from pyproject.toml: requirements/{run,dev,installer}.txt.
# Versions already locked stay unless `--upgrade` is given. No addresses are written into them.
set -eu
cd "$(dirname "$0")/.."
lock() {
    output=$1
    shift
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-annotate --no-emit-index-url --custom-compile-command "make lock" \
        --output-file "requirements/$output" "$@"
}
printf 'pip\nuv\n' | lock installer.txt "$@" -
lock dev.txt "$@" --group build --group dev pyproject.toml
lock run.txt "$@" --group build --constraint requirements/dev.txt pyproject.toml
