import { explainExit, type ExitInfo, type ServerBinary } from './servers';

const mongod: ServerBinary = { name: 'mongod', path: '/bin/mongod', version: '6.0.5', from: 'path' };
const server = {
  binary: mongod,
  port: 27017,
  folder: '/data/mongo',
  setting: 'THEMELINE_DATA',
  logPath: '/data/mongod.log',
};
const exited = (code: number | null, signal: NodeJS.Signals | null = null): ExitInfo => ({ code, signal });

test.each<[string, ExitInfo, string, string, string]>([
  [
    'a taken port',
    exited(48),
    '{"msg":"Failed to set up listener","attr":{"error":"SocketException: Address already in use"}}',
    'port-in-use',
    'port 27017',
  ],
  [
    'a folder of another mongod',
    exited(100),
    '{"error":"DBPathInUse: Unable to lock the lock file: /data/mongo/mongod.lock"}',
    'folder-in-use',
    'served by another mongod',
  ],
  [
    'files of another version',
    exited(62),
    '{"msg":"** IMPORTANT: UPGRADE PROBLEM"}',
    'incompatible-data',
    'set MONGOD_BIN',
  ],
  ['the same without words', exited(62), '', 'incompatible-data', 'mongodump'],
  ['a full disk', exited(14), 'pwrite: No space left on device', 'disk-full', 'free some space'],
  [
    'no right to write',
    exited(100),
    'IllegalOperation: Attempted to create a lock file on a read-only directory: /data/mongo',
    'folder-unwritable',
    'THEMELINE_DATA',
  ],
  [
    'a missing library',
    exited(127),
    'mongod: error while loading shared libraries: libssl.so.3: cannot open',
    'missing-library',
    'libssl.so.3',
  ],
  ['an old processor', exited(null, 'SIGILL'), '', 'unsupported-processor', 'AVX'],
  [
    'anything else',
    exited(1),
    'first\nBadValue: unknown thing\n',
    'server-exited',
    'with code 1 before it was ready; see /data/mongod.log, which ends: BadValue: unknown thing',
  ],
  ['a kill', exited(null, 'SIGKILL'), '', 'server-exited', 'by SIGKILL'],
])('the exit is explained: %s', (_title, exit, log, code, text) => {
  const error = explainExit(server, exit, log);
  expect(error.message).toContain(text);
  expect(error.message).not.toContain('\n');
  expect(error.code).toBe(code);
});
