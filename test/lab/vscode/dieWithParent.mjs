// Preloaded into the VS Code server. Its stdin is a pipe from the process that started it: when that process
// ends, however it ends, the pipe closes, and the server ends with its whole process group.
process.stdin.on('error', end).on('end', end).resume();

function end() {
  process.kill(-process.pid, 'SIGKILL');
}
