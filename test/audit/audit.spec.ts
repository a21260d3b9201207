import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

jest.setTimeout(60_000);

/** A registry as far as `npm audit` asks it: on loopback, with advisories of ours. */
let registry: Server;
let answer: (response: ServerResponse) => void;
beforeAll(async () => {
  registry = createServer((request, response) => {
    request.resume();
    if (request.url?.endsWith('/security/advisories/bulk') === true) answer(response);
    else response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  registry.closeAllConnections();
  await new Promise((done) => registry.close(done));
});

const advise = (name: string, severity: string) => (response: ServerResponse) => {
  const advisory = {
    id: 1,
    url: 'https://advisories.example/1',
    title: 'It lets everybody in',
    severity,
    vulnerable_versions: '*',
    cwe: [],
    cvss: { score: 9, vectorString: null },
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ [name]: [advisory] }));
};

async function run(): Promise<{ code: number; output: string }> {
  // npm remembers advisories.
  const cache = await mkdtemp(join(tmpdir(), 'themeline-audit-'));
  const env = {
    ...process.env,
    npm_config_registry: `http://127.0.0.1:${String((registry.address() as AddressInfo).port)}/`,
    npm_config_fetch_retries: '0',
    npm_config_cache: cache,
    AUDIT_TIMEOUT_MS: '15000',
  };
  try {
    return await new Promise((done) => {
      execFile(process.execPath, [join(ROOT, 'deploy/local/audit.mjs')], { env, cwd: ROOT }, (error, stdout) =>
        done({ code: error === null ? 0 : Number(error.code), output: stdout }),
      );
    });
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

test.each([
  [
    'fails what is critical in the product',
    advise('zod', 'critical'),
    1,
    /product: 1 critical[\s\S]*\(product\) zod: It lets/,
  ],
  ['tells what is high in the product', advise('zod', 'high'), 0, /product: 1 high/],
  [
    'tells what is critical in a development tool',
    advise('fast-check', 'critical'),
    0,
    /product: none; of development tools: 1 crit/,
  ],
  [
    'says that nothing bad is known',
    (response: ServerResponse) => response.end('{}'),
    0,
    /product: none; of development tools: none/,
  ],
  [
    'says that nobody answered',
    (response: ServerResponse) => response.writeHead(405).end(),
    0,
    /^NOT AUDITED: no advisory source/,
  ],
] as const)('the audit %s', async (_, answers, code, words) => {
  answer = answers;
  const ran = await run();
  expect(ran.output).toMatch(words);
  expect(ran.code).toBe(code);
});
