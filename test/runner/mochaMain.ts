// Runs mocha over test files in a process of its own: mochaMain.ts REPORT TIMEOUT_MS FILE…
import Mocha from 'mocha';
import { runMocha, writeReport } from './report.ts';

const [reportFile = '', timeout, ...files] = process.argv.slice(2);
const mocha = new Mocha({ timeout: Number(timeout), forbidOnly: true, reporter: 'spec' });
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const report = await runMocha(Mocha, mocha, (line) => process.stdout.write(`${line}\n`));
writeReport(reportFile, report);
// What a test left open must not keep the run from ending.
process.exit(report.failed === 0 ? 0 : 1);
