import { readSettings } from './launcher.settings';
import { StackError } from './stack.error';

const read = (env: Record<string, string>, ...argv: string[]): ReturnType<typeof readSettings> =>
  readSettings(argv, env, '/project');

test('the defaults', () => {
  expect(read({})).toEqual({
    dataFolder: '/project/.themeline',
    port: 8080,
    replicas: { ingest: 1, timeline: 1, alerts: 1 },
    mongodbUri: undefined,
    natsUrl: undefined,
    outboundAllow: '127.0.0.0/8,::1/128',
    demo: false,
  });
});

test.each<[Record<string, string>, Record<string, unknown>]>([
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: '65535' }, { port: 65_535 }],
  [{ PORT: '' }, { port: 8080 }],
  [{ THEMELINE_DATA: '/var/lib/themeline' }, { dataFolder: '/var/lib/themeline' }],
  [{ THEMELINE_DATA: 'data' }, { dataFolder: '/project/data' }],
  [{ REPLICAS: 'timeline=2, alerts=3' }, { replicas: { ingest: 1, timeline: 2, alerts: 3 } }],
  [{ OUTBOUND_ALLOW: '' }, { outboundAllow: '' }],
  [{ MONGODB_URI: 'mongodb://h/?replicaSet=r' }, { mongodbUri: 'mongodb://h/?replicaSet=r' }],
  [{ MONGODB_URI: '' }, { mongodbUri: undefined }],
])('%j', (env, expected) => expect(read(env)).toMatchObject(expected));

test.each<[Record<string, string>, string[], string]>([
  [{ PORT: '65536' }, [], "PORT='65536'"],
  [{ PORT: 'http' }, [], "PORT='http'"],
  [{ PORT: '-1' }, [], "PORT='-1'"],
  [{ REPLICAS: 'gateway=2' }, [], "'gateway=2'"],
  [{ REPLICAS: 'timeline=0' }, [], "'timeline=0'"],
  [{ REPLICAS: 'timeline=9' }, [], "'timeline=9'"],
  [{ REPLICAS: 'timeline' }, [], "'timeline'"],
  [{}, ['--dmeo'], "'--dmeo'"],
])('%j %j is refused', (env, argv, text) => {
  expect(() => read(env, ...argv)).toThrow(StackError);
  expect(() => read(env, ...argv)).toThrow(text);
});

test('--demo', () => expect(read({}, '--demo').demo).toBe(true));
