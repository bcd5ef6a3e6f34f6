/**
 * Reads /etc/network/interfaces and all that it includes, at any depth.
 *
 * Follows comments and continuation lines as ifupdown does. Words of a file are only ever globbed, never
 * evaluated.
 */
export const readIfupdown = `
visit() {
  case $seen in *"|$1|"*) return ;; esac
  seen="$seen$1|"
  emit_file "$1" || return
  local line more
  while IFS= read -r line || [ -n "$line" ]; do
    line="\${line#"\${line%%[![:space:]]*}"}"
    case $line in '#'*) continue ;; esac
    while :; do
      case $line in *\\\\) ;; *) break ;; esac
      line=\${line%?}
      more=
      IFS= read -r more || [ -n "$more" ] || break
      line=$line$more
    done
    line="\${line%"\${line##*[![:space:]]}"}"
    # Split into words, and nothing else yet.
    case $line in source*) set -f; follow "$1" $line ;; esac
  done < "$1"
}
# follow FILE KEYWORD WORD…
follow() {
  set +f
  local from=\${1%/*} keyword=$2 word path
  shift 2
  case \${1-} in '') return ;; /*) ;; *) word="$from/$1"; shift; set -- "$word" "$@" ;; esac
  for word in "$@"; do
    case $word in /*) ;; *) word=/$word ;; esac
    case $keyword in
      source) emit_directory "\${word%/*}"; for path in $word; do visit "$path"; done ;;
      source-dir*) emit_directory "\${word%/}"; follow_directory "\${word%/}" ;;
    esac
  done
}
follow_directory() {
  local path
  for path in $1/*; do
    case \${path##*/} in *[!A-Za-z0-9_-]*) continue ;; esac
    visit "$path"
  done
}
visit /etc/network/interfaces
`;
