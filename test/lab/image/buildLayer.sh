#!/bin/sh
# Makes the layer that turns one guest image into another kind: what its packages and its script change, and no
# more. Complete when it appears under its name and never before. Runs in PID and mount namespaces of its own, so
# that a build that is killed leaves no mount and no process.
# Usage: buildLayer.sh DIRECTORY BASE PACKAGES SCRIPT
set -e
target=$1
building=$target.building
rm -rf --one-file-system "$building"
mkdir -p "$building/layer" "$building/work" "$building/root"
mount -t overlay guest -o "lowerdir=$2,upperdir=$building/layer,workdir=$building/work" "$building/root"
root=$building/root
if [ -n "$3" ]; then
  cp -L /etc/resolv.conf "$root/etc/resolv.conf"
  # No service starts in a tree that is not booted.
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  export DEBIAN_FRONTEND=noninteractive
  chroot "$root" apt-get -qq update
  # The packages are a list of words.
  chroot "$root" apt-get -qq -y --no-install-recommends -o Dpkg::Options::=--force-confold install $3
  rm -f "$root/etc/resolv.conf" "$root/usr/sbin/policy-rc.d"
  rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*
fi
printf '%s' "$4" | chroot "$root" /bin/sh
umount "$root"
sync -f "$building/layer"
mv -T "$building/layer" "$target"
rm -rf --one-file-system "$building"
