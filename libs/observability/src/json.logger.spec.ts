import { runWithCorrelation } from './correlation.context';
import { createPino, JsonLogger } from './json.logger';

function logged(write: (logger: JsonLogger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(new JsonLogger(createPino('timeline', 'info', { write: (line) => void lines.push(line) })));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

test.each<[string, (logger: JsonLogger) => void, object]>([
  [
    'a message and its context',
    (logger) => logger.log('starts', 'Relay'),
    { level: 'info', msg: 'starts', context: 'Relay', service: 'timeline' },
  ],
  [
    'fields with a message',
    (logger) => logger.warn({ depth: 3 }, 'outbox grows', 'Relay'),
    { level: 'warn', msg: 'outbox grows', depth: 3 },
  ],
  [
    'an error',
    (logger) => logger.error(new Error('lost'), 'Relay'),
    { level: 'error', msg: 'lost', err: { type: 'Error', message: 'lost' } },
  ],
  [
    'an error as a field',
    (logger) => logger.error({ err: new TypeError('lost') }, 'failed', 'Relay'),
    { msg: 'failed', err: { type: 'TypeError' } },
  ],
  [
    'a stack as a string',
    (logger) => logger.error('failed', 'Error: x\n    at y', 'Relay'),
    { msg: 'failed', stack: 'Error: x\n    at y' },
  ],
])('writes %s', (_, write, line) => {
  expect(logged(write)).toMatchObject([line]);
});

test('each line has the correlation id of what runs', () => {
  const [inside, outside] = logged((logger) => {
    runWithCorrelation('req-1', () => logger.log('inside', 'X'));
    logger.log('outside', 'X');
  });
  expect(inside).toHaveProperty('correlationId', 'req-1');
  expect(outside).not.toHaveProperty('correlationId');
});

test('secrets are left out, also of errors', () => {
  const error = Object.assign(new Error('refused'), { config: { url: 'hunter2' } });
  const lines = logged((logger) => {
    logger.log(
      {
        secret: 'hunter2',
        headers: { authorization: 'hunter2', cookie: 'hunter2', 'x-themeline-identity': 'hunter2' },
      },
      'X',
    );
    logger.error({ err: error }, 'failed', 'X');
  });
  expect(lines).toHaveLength(2);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('lines below the level are not written', () => {
  expect(logged((logger) => logger.debug('x', 'X'))).toEqual([]);
});
