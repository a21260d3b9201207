import { Stack } from '../support/stack';
import { runSchemathesis, SCHEMA_ENV } from './schemathesis';

const SECONDS = 20;
/** Always the same calls; `npm run test:schema` makes up others, for as long as it is let. */
const SEED = 20261126;

test('what the API answers is what its description says, and never a 5xx', async () => {
  const stack = await Stack.start({ env: SCHEMA_ENV, timeoutMs: 180_000 });
  try {
    const { failed, output } = await runSchemathesis({
      url: stack.url,
      key: stack.adminKey,
      seconds: SECONDS,
      seed: SEED,
    });
    expect(failed ? output : '').toBe('');
  } finally {
    await stack.stop();
  }
}, 300_000);
