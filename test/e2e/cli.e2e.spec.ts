import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FeedServer } from '../support/feed.server';
import { rss } from '../support/feed.texts';
import { eventually } from '../support/message-bus';
import { repositoryRoot, Stack } from '../support/stack';

jest.setTimeout(180_000);

interface Ended {
  code: number;
  out: string;
  err: string;
}

describe('the command line', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await Stack.start();
  });
  afterAll(() => stack.stop());

  const bin = join(repositoryRoot, 'apps/cli/themeline.mjs');
  const settings = () => ({ ...process.env, THEMELINE_API: stack.url, THEMELINE_DATA: stack.folder });
  /** As `npx themeline` runs it in the project's folder. */
  const themeline = (parameters: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
    new Promise((resolve) => {
      const given = { ...settings(), ...env };
      execFile(process.execPath, [bin, ...parameters], { cwd: stack.folder, env: given }, (error, out, err) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  test('imports a file: first dry, then for good, then again; refused rows are shown by line and in the exit code', async () => {
    const file = join(stack.folder, 'history.csv');
    await writeFile(file, 'Title,When\nNorland bans Zephyr,May 2024\nSudland bans Meridian,someday\n');
    const given = ['import', file, '--source', 'Harbour Gazette', '--kind', 'ban'];
    const dry = await themeline([...given, '--dry-run']);
    expect(dry).toMatchObject({ code: 4, out: expect.stringMatching(/2 rows: 1 would be taken, 1 refused/) as string });
    const first = await themeline(given);
    expect(first.out).toMatch(/done: 2 rows: 1 taken, 0 known already, 1 refused/);
    expect(first.err).toMatch(/line 3: When no date in 'someday'/);
    expect(first.code).toBe(4);
    const again = await themeline(['--json', ...given]);
    expect(JSON.parse(again.out)).toMatchObject({ state: 'done', duplicates: 1, accepted: 0 });
  });

  test('lists events, makes a subscription, follows feeds and exchanges them as OPML', async () => {
    const events = await themeline(['--json', 'events', '--kind', 'ban']);
    expect(events).toMatchObject({ code: 0, err: '' });
    const made = await themeline(['subscribe', '--kind', 'ban', '--webhook', 'http://127.0.0.1:9900/']);
    expect(made.err).toBe('');
    expect(made.out).toMatch(/^sub_\w+ is active.*whsec_/);
    expect((await themeline(['feeds', 'add', 'http://127.0.0.1:9900/feed.xml'])).code).toBe(0);
    const opml = join(stack.folder, 'feeds.opml');
    expect((await themeline(['feeds', 'export', opml])).code).toBe(0);
    for (const verbs of [['feeds', 'import'], ['import']]) {
      expect((await themeline([...verbs, opml])).out).toMatch(/0 feeds added, 1 known already, 0 refused/);
    }
    expect((await themeline(['feeds'])).out).toMatch(/http:\/\/127\.0\.0\.1:9900\/feed\.xml/);
  });

  test('a feed is followed, polled and let go; tail shows what comes, of the kinds asked for, until it is interrupted', async () => {
    const site = await FeedServer.start();
    const dated = { date: new Date().toUTCString() };
    site.answer('/feed.xml', {
      body: rss([
        {
          guid: '1',
          title: 'Sudland bans Corona',
          text: 'The government of Sudland banned the Corona app on Monday.',
          ...dated,
        },
      ]),
    });
    const added = await themeline(['--json', 'feeds', 'add', site.url('/feed.xml')]);
    const { id } = JSON.parse(added.out) as { id: string };
    expect((await themeline(['feeds', 'poll', id])).code).toBe(0);
    const listed = await eventually('the feed to be well', async () => {
      const { out } = await themeline(['feeds', 'list']);
      return out.includes(`${id} | well`) ? out : null;
    });
    expect(listed).toContain(site.url('/feed.xml'));

    const tail = spawn(process.execPath, [bin, 'tail', '--kind', 'acquisition'], {
      cwd: stack.folder,
      env: settings(),
    });
    let shown = '';
    tail.stdout.on('data', (text: Buffer) => (shown += text.toString()));
    const closed = new Promise<NodeJS.Signals | null>((resolve) => tail.on('close', (_, signal) => resolve(signal)));
    const live = join(stack.folder, 'live.csv');
    let sent = 0;
    // The stream begins when it is there: what is told until then passes it by.
    await eventually('a development', async () => {
      sent += 1;
      await writeFile(
        live,
        `Title,Kind\nOstrava Labs buys Harbour ${String(sent)},acquisition\nNorland bans Zephyr ${String(sent)},ban\n`,
      );
      expect((await themeline(['import', live, '--live', '--source', 'Deal desk'])).code).toBe(0);
      return shown !== '';
    });
    expect(shown).toMatch(/^recorded \| .* \| Ostrava Labs buys Harbour \d+\n/);
    expect(shown).not.toContain('Zephyr');
    tail.kill('SIGINT');
    expect(await closed).toBe('SIGINT');

    expect((await themeline(['feeds', 'remove', id])).out).toContain(`${id} is no longer followed`);
    expect((await themeline(['feeds'])).out).not.toContain(id);
    await site.stop();
  });

  test.each<[string, string[], NodeJS.ProcessEnv, number, RegExp]>([
    ['an unknown command', ['conjure'], {}, 2, /unknown command 'conjure'/],
    ['a file that is not there', ['import', 'nothing.csv'], {}, 2, /nothing\.csv: no such file/],
    ['a file of no known type', ['import', 'x.docx'], {}, 2, /must end in \.csv/],
    ['a wrong key', ['events'], { THEMELINE_KEY: 'tl_wrong' }, 1, /key/],
    ['no key', ['events'], { THEMELINE_DATA: '/nowhere' }, 2, /set THEMELINE_KEY/],
    ['a wrong kind', ['subscribe', '--kind', 'Coronation!', '--webhook', 'http://127.0.0.1:9/'], {}, 1, /kinds/],
    ['nobody there', ['events'], { THEMELINE_API: 'http://127.0.0.1:1' }, 3, /does not answer/],
  ])('%s is said in plain words, with its own exit code', async (_, parameters, env, code, words) => {
    const ended = await themeline(parameters, env);
    expect(ended.err).toMatch(words);
    expect(ended.code).toBe(code);
  });

  test('help tells of settings, exit codes and examples', async () => {
    const { out, code } = await themeline(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/THEMELINE_API[\s\S]*Exit codes/);
    expect((await themeline(['import', '--help'])).out).toMatch(/Examples:/);
  });
});
