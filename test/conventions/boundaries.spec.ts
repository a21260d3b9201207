import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryRoot } from '../support/stack';

const depcruise = join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'err'];

jest.setTimeout(120_000);

test('the code keeps to its boundaries', () => {
  expect(() =>
    execFileSync(process.execPath, [depcruise, ...args, 'apps', 'libs', 'deploy', 'test'], {
      cwd: repositoryRoot,
      stdio: 'pipe',
    }),
  ).not.toThrow();
});

describe('the rules catch', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'themeline-boundaries-'));
    cpSync(join(repositoryRoot, '.dependency-cruiser.cjs'), join(root, '.dependency-cruiser.cjs'));
    cpSync(join(repositoryRoot, 'tsconfig.json'), join(root, 'tsconfig.json'));
    symlinkSync(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
    for (const folder of ['apps', 'libs', 'deploy', 'test']) mkdirSync(join(root, folder));
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  test.each<[string, string, Record<string, string>]>([
    [
      'a cycle',
      'no-cycles',
      { 'libs/dates/src/index.ts': "import './b';", 'libs/dates/src/b.ts': "import './index';" },
    ],
    [
      'a lib that knows an app',
      'libs-do-not-know-apps',
      { 'libs/http/src/index.ts': "import '../../../apps/ingest/src/main';", 'apps/ingest/src/main.ts': 'export {};' },
    ],
    [
      'an app that knows another',
      'apps-do-not-know-each-other',
      { 'apps/alerts/src/main.ts': "import '../../ingest/src/main';", 'apps/ingest/src/main.ts': 'export {};' },
    ],
    [
      'an app that reaches inside a lib',
      'apps-import-libs-by-index',
      { 'apps/alerts/src/main.ts': "import '../../../libs/http/src/inner';", 'libs/http/src/inner.ts': 'export {};' },
    ],
    [
      'a pure lib that does input or output',
      'pure-libs-do-no-io',
      { 'libs/merging/src/index.ts': "import 'node:fs';" },
    ],
    [
      'a service that talks to the broker itself',
      'only-messaging-knows-nats',
      { 'apps/alerts/src/main.ts': "import '@nats-io/jetstream';" },
    ],
    [
      'a product file that needs test support',
      'no-tests-in-product',
      {
        'apps/alerts/src/main.ts': "import '../../../test/support/a';",
        'test/support/a.ts': 'export {};',
      },
    ],
  ])('%s', (_, rule, files) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const run = spawnSync(process.execPath, [depcruise, ...args, 'apps', 'libs', 'deploy', 'test'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(run.status).not.toBe(0);
    expect(run.stdout + run.stderr).toContain(rule);
  });
});
