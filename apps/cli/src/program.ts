import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { connect, type Connection } from './connection';
import { listEvents, type EventOptions } from './events.command';
import { EXIT } from './exit.codes';
import { addFeed, exportOpml, importOpml, listFeeds, pollFeed, removeFeed } from './feeds.command';
import { importFile, type ImportOptions } from './import.command';
import { explain, type Output } from './output';
import { subscribe, type SubscribeOptions } from './subscribe.command';
import { tail } from './tail.command';

const SETTINGS = `
Settings:
  THEMELINE_API   where the API is (default http://127.0.0.1:8080)
  THEMELINE_KEY   the key; by default the one that npm start wrote to .themeline/admin-key
Exit codes: 0 done, 1 refused or failed, 2 wrong usage, 3 nobody answers, 4 done but rows were refused`;

/** Runs the command line `argv` (without node and script) and answers with the exit code. */
export async function run(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Omit<Output, 'json'>,
): Promise<number> {
  let code: number = EXIT.ok;
  const program = new Command('themeline')
    .description('Loads, reads and follows a timeline.')
    .option('--json', 'one JSON value to a line instead of text')
    .addHelpText('after', SETTINGS)
    .exitOverride()
    .configureOutput({ writeOut: streams.out, writeErr: streams.err });
  const work = async (task: (connection: Connection, output: Output) => Promise<number>): Promise<void> => {
    const output = { ...streams, json: program.opts<{ json?: boolean }>().json === true };
    try {
      code = await task(connect(env), output);
    } catch (error) {
      code = explain(error, output, env['THEMELINE_API'] || 'http://127.0.0.1:8080');
    }
  };
  addImport(program, work);
  addFeeds(program, work);
  filtered(program.command('events').description('list events, the latest first'))
    .option('--from <day>', 'not before')
    .option('--to <day>', 'not after')
    .option('-q, --q <words>', 'with all of these words')
    .option('-n, --limit <count>', 'at most so many', wholeNumber, 20)
    .addHelpText('after', '\nExample:\n  npx themeline events --kind ban --from 2025-01-01 -n 5')
    .action((options: EventOptions) => work((connection, output) => listEvents(connection, output, options)));
  filtered(program.command('subscribe').description('be told of events by webhook'))
    .requiredOption('--webhook <url>', 'where messages are sent')
    .option('--name <name>', 'what the subscription is called')
    .addHelpText('after', '\nExample:\n  npx themeline subscribe --kind ban --webhook http://127.0.0.1:9900/')
    .action((options: SubscribeOptions) => work((connection, output) => subscribe(connection, output, options)));
  filtered(program.command('tail').description('follow developments as they come, until interrupted'))
    .addHelpText('after', '\nExample:\n  npx themeline tail --kind ban')
    .action((options: Record<string, string[]>) => {
      const query = new URLSearchParams(
        Object.entries(options).flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
      );
      return work((connection, output) => tail(connection, output, query));
    });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  }
  return code;
}

type Work = (task: (connection: Connection, output: Output) => Promise<number>) => Promise<void>;

function addImport(program: Command, work: Work): void {
  program
    .command('import')
    .description('load a file: .csv with a header, .ndjson or .jsonl, the .json of TimelineJS, or feeds as .opml')
    .argument('<file>')
    .option('--map <field:column>', 'read a field from this column (again for others)', collect, [])
    .option('--source <name>', 'the source of rows that name none')
    .option('--kind <kind>', 'the kind of rows that have none')
    .option('--currency <code>', 'of amounts that have none')
    .option('--locale <locale>', 'en-US reads 03/04 as March, en-GB as April')
    .addOption(new Option('--delimiter <sign>', 'found by the header unless given').choices([',', ';', '|', 'tab']))
    .option('--charset <name>', 'of the file, such as windows-1252')
    .option('--live', 'news, of which subscribers are told; by default it is history')
    .option('--dry-run', 'read everything, store nothing, show what is wrong')
    .option('--no-wait', 'do not follow it to its end')
    .addHelpText(
      'after',
      `
Examples:
  printf 'Title,When\\nNorland bans Zephyr,May 2024\\n' > history.csv
  npx themeline import history.csv --source "Harbour Gazette" --kind ban --dry-run
  npx themeline import history.csv --source "Harbour Gazette" --kind ban --map date:When`,
    )
    .action((file: string, options: ImportOptions) =>
      work((connection, output) =>
        /\.opml$/i.test(file) ? importOpml(connection, output, file) : importFile(connection, output, file, options),
      ),
    );
}

function addFeeds(program: Command, work: Work): void {
  const feeds = program.command('feeds').description('the feeds that are followed');
  feeds
    .command('list', { isDefault: true })
    .description('list them')
    .action(() => work(listFeeds));
  feeds
    .command('add')
    .description('follow a feed, or the feed of a page')
    .argument('<url>')
    .action((url: string) => work((connection, output) => addFeed(connection, output, url)));
  feeds
    .command('remove')
    .description('follow a feed no longer')
    .argument('<id>')
    .action((id: string) => work((connection, output) => removeFeed(connection, output, id)));
  feeds
    .command('poll')
    .description('poll a feed now')
    .argument('<id>')
    .action((id: string) => work((connection, output) => pollFeed(connection, output, id)));
  feeds
    .command('import')
    .description('follow every feed of an OPML file')
    .argument('<file>')
    .action((file: string) => work((connection, output) => importOpml(connection, output, file)));
  feeds
    .command('export')
    .description('write the feeds as OPML')
    .argument('[file]')
    .action((file: string | undefined) => work((connection, output) => exportOpml(connection, output, file)));
}

function filtered(command: Command): Command {
  return command
    .option('--kind <kind>', 'of this kind (again for others)', collect, [])
    .option('--theme <theme>', 'of this theme (again for others)', collect, [])
    .option('--entity <name>', 'about this one (again for others)', collect, [])
    .option('--country <code>', 'in this country (again for others)', collect, []);
}

const collect = (value: string, before: string[]): string[] => [...before, value];

function wholeNumber(value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new InvalidArgumentError('not a whole number of at least 1');
  return Number(value);
}
