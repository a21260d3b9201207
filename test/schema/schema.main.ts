import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Stack } from '../support/stack';
import { runSchemathesis, SCHEMA_ENV } from './schemathesis';

/** `npm run test:schema [-- --seconds 600 --seed 7]`: the served API against its description, on a stack of its own. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
  const stack = await Stack.start({ env: SCHEMA_ENV, timeoutMs: 300_000 });
  try {
    const { failed, output } = await runSchemathesis({
      url: stack.url,
      key: stack.adminKey,
      seconds: Number(values.seconds ?? 300),
      seed: Number(values.seed ?? randomInt(1_000_000)),
    });
    process.stdout.write(output);
    process.exitCode = failed ? 1 : 0;
  } finally {
    await stack.stop();
  }
}

void main();
