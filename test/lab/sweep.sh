#!/bin/sh
# Removes what the kernel keeps of a lab that has ended: its empty control groups and its run directory.
# Usage: sweep.sh RUN_DIRECTORY
for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
  group=$hierarchy/ec2-multi-ip/${1##*/}
  if [ -d "$group" ]; then find "$group" -depth -type d -exec rmdir {} ';' 2>/dev/null; fi
  if [ -d "${group%/*}" ]; then rmdir "${group%/*}" 2>/dev/null; fi
done
rm -rf --one-file-system "$1"
