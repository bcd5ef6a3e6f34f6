// `npm run bench [-- NAME…]`: runs every test/bench/NAME.bench.ts, and prints the table that each comes to.
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testFiles } from '../runner/mocha.ts';
import { formatTable, type Bench } from './table.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

const wanted = process.argv.slice(2);
const files = await testFiles('test/bench/*.bench.ts');
const names = files.map((file) => basename(file, '.bench.ts'));
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`No bench is called ${unknown.join(' or ')}. There are: ${names.join(', ')}.\n`);
  process.exit(2);
}
let failed = false;
for (const [index, name] of names.entries()) {
  const file = files[index];
  if (file === undefined || (wanted.length > 0 && !wanted.includes(name))) continue;
  const { bench } = (await import(pathToFileURL(file).href)) as { bench: Bench };
  print(`\n── ${bench.title} ──\n`);
  const { table, problem } = await bench.run((line) => {
    print(`${line}\n`);
  });
  print(formatTable(table));
  if (problem === undefined) continue;
  print(`✘ ${problem}\n`);
  failed = true;
}
process.exit(failed ? 1 : 0);
