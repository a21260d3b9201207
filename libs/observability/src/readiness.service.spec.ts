import { Readiness } from './readiness.service';

test('is ready when all checks pass, and names those that do not', async () => {
  const readiness = new Readiness();
  readiness.add('mongodb', () => Promise.resolve());
  expect(await readiness.report()).toMatchObject({ ready: true, checks: [{ name: 'mongodb', ready: true }] });
  readiness.add('nats', () => Promise.reject(new Error('no connection')));
  expect(await readiness.report()).toMatchObject({
    ready: false,
    checks: [
      { name: 'mongodb', ready: true },
      { name: 'nats', ready: false, reason: 'no connection' },
    ],
  });
});

test('a check that does not answer counts as failed', async () => {
  jest.useFakeTimers();
  try {
    const readiness = new Readiness();
    readiness.add('slow', () => new Promise(() => undefined));
    const report = readiness.report();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await report).toMatchObject({
      ready: false,
      checks: [{ name: 'slow', reason: 'no answer within 2000 ms' }],
    });
  } finally {
    jest.useRealTimers();
  }
});

test('is not ready while it shuts down', async () => {
  const readiness = new Readiness();
  readiness.drain();
  expect((await readiness.report()).ready).toBe(false);
});
