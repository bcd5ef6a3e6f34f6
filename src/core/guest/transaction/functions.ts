/**
 * Shell functions that a transaction's scripts share; the backends' fragments may use them.
 *
 * has_address A: whether the interface holds it. add_address A/P [LABEL] and remove_address A/P: make it so,
 * where it is not. They believe what the kernel shows, not return codes.
 */
export const addressFunctions = `
has_address() { ip -o -4 addr show dev "$IF" | grep -qF " inet $1/"; }
add_address() {
  has_address "\${1%/*}" && return
  if [ -n "\${2-}" ]; then ip addr replace "$1" dev "$IF" label "$2"; else ip addr replace "$1" dev "$IF"; fi 2>"$S/errors"
}
remove_address() {
  has_address "\${1%/*}" || return
  ip addr del "$1" dev "$IF" 2>"$S/errors"
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
