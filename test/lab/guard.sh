#!/bin/sh
# Outermost process of a lab. It starts the supervisor in PID, mount and network namespaces of its own, so that
# the kernel itself ends every process, mount, namespace and veth with it, and then removes what the kernel keeps.
# Usage: guard.sh RUN_DIRECTORY COMMAND...
here=$(dirname "$0")
run=$1
# Held by every process of the lab, so that a lab is known to be dead when nobody holds it.
exec 9>"$run/lock"
flock 9
# Should this guard be killed, the kernel kills unshare, and with unshare the PID namespace.
setpriv --pdeathsig KILL unshare --fork --kill-child --pid --mount --net --propagation private \
  /bin/sh "$here/inside.sh" "$@"
code=$?
/bin/sh "$here/sweep.sh" "$run"
exit $code
