import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What of VS Code's native logger it uses, without native parts, which are not built here: plain lines. */
const LOGGER = `const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');
class Logger {
  constructor(path) { this.path = path; this.level = 2; }
  write(level, text) {
    if (level < this.level) return;
    try { appendFileSync(this.path, this.plain ? text : new Date().toISOString() + ' [' + level + '] ' + text + '\\n'); } catch {}
  }
  trace(text) { this.write(0, text); }
  debug(text) { this.write(1, text); }
  info(text) { this.write(2, text); }
  warn(text) { this.write(3, text); }
  error(text) { this.write(4, text); }
  critical(text) { this.write(5, text); }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  setPattern() {}
  clearFormatters() { this.plain = true; }
  flush() {}
  drop() {}
}
async function make(name, path) { mkdirSync(dirname(path), { recursive: true }); return new Logger(path); }
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = make;
exports.createAsyncRotatingLogger = make;
`;

/** Gives an installed VS Code a logger, or it would keep no log at all. */
export async function addLogger(vscode: string): Promise<void> {
  const file = join(vscode, 'node_modules', '@vscode', 'spdlog', 'index.js');
  if ((await readFile(file, 'utf8')) === LOGGER) return;
  // Other runs may just be starting from there.
  await writeFile(`${file}.${process.pid}`, LOGGER);
  await rename(`${file}.${process.pid}`, file);
}
