#!/bin/sh
# Slurm for the tests, from Debian's packages, where there is none and we may install.
set -eu
command -v slurmctld >/dev/null && command -v munged >/dev/null && exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'no Slurm here, and it cannot be installed: needs root and apt-get (packages slurm-wlm, munge)' >&2
    exit 1
fi
{ apt-get update -qq && apt-get install -y -qq --no-install-recommends slurm-wlm munge; } >/dev/null 2>&1
