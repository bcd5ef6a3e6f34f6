#!/bin/sh
# Process 1 of the lab's PID namespace. It gives the lab a /proc and a /run of its own, starts the supervisor, and
# reaps whatever is orphaned, until the supervisor ends. Usage: inside.sh RUN_DIRECTORY COMMAND...
set -e
run=$1
shift
# /proc is still the machine's: it tells this process's id as others know it.
read -r LAB_HOST_PID rest </proc/self/stat
export LAB_HOST_PID
# The new /run is put together aside and moved into place, because the run directory lies below the old one.
mount -n -t tmpfs -o mode=755 lab /mnt
mkdir -p "/mnt/${run#/run/}" /mnt/lab/proc
mount -n --bind "$run" "/mnt/${run#/run/}"
mount -n --bind /proc /mnt/lab/proc
mount -n --move /mnt /run
mount -n -t proc proc /proc
"$@" &
wait $!
