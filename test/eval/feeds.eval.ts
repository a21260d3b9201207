import { resolve } from 'node:path';
import { share, type Ratio } from './detection.scorer';
import { feedSuite, scoreFeeds } from './feeds.scorer';

const HELP = `npm run eval:feeds [-- options]   How well feeds are read, served by a real HTTP server with their headers.

  --data FOLDER   another suite of the same kind: manifest.jsonl, the files that it names, date_strings.jsonl
  --summary       print the table only
  --help          this text`;

const options = process.argv.slice(2);
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const ratio = (value: Ratio): string =>
  value.asked === 0 ? '-' : `${(share(value) * 100).toFixed(1)} % (${String(value.right)}/${String(value.asked)})`;

async function run(): Promise<void> {
  const at = options.indexOf('--data');
  const folder = at < 0 ? feedSuite : resolve(options[at + 1] ?? '');
  const scores = await scoreFeeds(folder);
  if (scores === null) {
    print(at < 0 ? 'feeds: skipped, no shared data' : `no manifest.jsonl in ${folder}`);
    process.exitCode = at < 0 ? 0 : 1;
    return;
  }
  const rows = [
    ['files', String(scores.files)],
    ['crashes', String(scores.crashes)],
    ['accepted, of those that nobody calls malformed', ratio(scores.accepted)],
    ['accepted, of those that are called malformed', ratio(scores.acceptedMalformed)],
    ['flagged as they are called', ratio(scores.flagged)],
    ...Object.entries(scores.fields).map(([field, value]) => [`${field} right`, ratio(value)]),
    ['date strings right', ratio(scores.dates)],
  ];
  for (const [name = '', value = ''] of rows) print(`${name.padEnd(50)}${value}`);
  if (!options.includes('--summary')) for (const line of scores.lines) print(line);
}

if (options.includes('--help')) print(HELP);
else void run();
