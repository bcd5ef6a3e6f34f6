#!/bin/sh
# Makes one guest image: a Debian tree, complete when it appears under its name and never before. Runs in PID and
# mount namespaces of its own, so that a build that is killed leaves no mount and no process.
# Usage: build.sh DIRECTORY SUITE PACKAGES SCRIPT [MIRROR]
set -e
target=$1
building=$target.building
# What an earlier build left that was killed; the caller holds a lock, so nobody else is building.
rm -rf --one-file-system "$building"
DEBIAN_FRONTEND=noninteractive debootstrap --variant=minbase --include="$3" "$2" "$building" ${5:+"$5"}
printf '%s' "$4" | chroot "$building" /bin/sh
sync -f "$building"
mv -T "$building" "$target"
