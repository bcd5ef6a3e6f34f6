/**
 * Shell functions that a transaction's scripts share; the backends' fragments may use them.
 *
 * has_address A or A/P: whether the interface holds it, with that mask. add_address A/P [LABEL] and remove_address
 * A/P: make it so, where it is not. replace_address A/P A/Q [LABEL]: gives it the mask P instead of Q. They believe
 * what the kernel shows, not return codes.
 */
export const addressFunctions = `
has_address() {
  case $1 in */*) ip -o -4 addr show dev "$IF" | grep -qF " inet $1 " ;; *) ip -o -4 addr show dev "$IF" | grep -qF " inet $1/" ;; esac
}
add_address() {
  has_address "\${1%/*}" && return
  if [ -n "\${2-}" ]; then ip addr replace "$1" dev "$IF" label "$2"; else ip addr replace "$1" dev "$IF"; fi 2>"$S/errors"
}
remove_address() {
  has_address "\${1%/*}" || return
  ip addr del "$1" dev "$IF" 2>"$S/errors"
}
replace_address() {
  # Both at once for a moment: it is never without.
  has_address "$1" || ip addr add "$1" dev "$IF" \${3:+label "$3"} 2>"$S/errors" || return
  has_address "$2" || return
  # Where it came up before the lease, the leased address hangs on it, and goes with it unless the kernel is told.
  promote=/proc/sys/net/ipv4/conf/$IF/promote_secondaries
  kept=$(cat "$promote")
  { echo 1 > "$promote"; } 2>/dev/null
  ip addr del "$2" dev "$IF" 2>"$S/errors"
  { echo "$kept" > "$promote"; } 2>/dev/null
}
`;

/** Stops the timer of a transaction, whichever kind it is. */
export const stopTimer = `
stop_timer() {
  systemctl stop "ec2-multi-ip-$TX.timer" >/dev/null 2>&1
  [ -s "$R.timer" ] && kill "$(cat "$R.timer")" 2>/dev/null
  rm -f "$R.timer"
}
`;

/** keep FILE…: returns once these are on the disk and not only in memory. An old or small sync takes no names. */
export const keepFunction = `
keep() { sync "$@" 2>/dev/null || sync; }
`;
