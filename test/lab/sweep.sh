#!/bin/sh
# Removes what the kernel keeps of a lab that has ended: its empty control groups and its run directory.
# Usage: sweep.sh RUN_DIRECTORY
# The processes of a lab that was killed may still be on their way out; the kernel keeps their groups until then.
tries=0
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
  group=$hierarchy/ec2-multi-ip/${1##*/}
  while [ -d "$group" ]; do
    find "$group" -depth -type d -exec rmdir {} ';' 2>/dev/null
    [ ! -d "$group" ] && break
    tries=$((tries + 1))
    [ "$tries" -gt 100 ] && break
    sleep 0.05
  done
  if [ -d "${group%/*}" ]; then rmdir "${group%/*}" 2>/dev/null; fi
done
rm -rf --one-file-system "$1"
