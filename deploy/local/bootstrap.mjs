// What `npm start` and `npm test` do before any of the project's code can run. Node's own modules only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const OLDEST_NODE = [20, 19];
const INSTALL_MARKER = join(root, 'node_modules/.themeline-install');
const BUILD_MARKER = join(root, 'dist/.themeline-build');
/** What the build is made from; documents and tests in them change nothing. */
const BUILD_INPUTS = [
  'apps',
  'libs',
  'deploy/local',
  'package-lock.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

/** Ends the process with one line that says why. */
export function fail(message) {
  process.stderr.write(`themeline: ${message}\n`);
  process.exit(1);
}

/** Checks Node, installs the packages if they changed, builds if the sources changed. Ends the process on failure. */
export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    fail(
      `Node ${OLDEST_NODE.join('.')} or later is needed, this is ${process.versions.node}: install it from your package manager or with nvm`,
    );
  }
  if (isInstalled() && isBuilt()) return;
  const unlock = await lock();
  try {
    if (!isInstalled()) await install();
    const inputs = hashOf(BUILD_INPUTS);
    if (!isBuilt(inputs)) {
      await phase('building', ['run', '--silent', 'build'], 'npm run build');
      writeFileSync(BUILD_MARKER, inputs);
    }
  } finally {
    unlock();
  }
}

/** Imports a module of the build, `deploy/local/launcher.js`. */
export async function importBuilt(path) {
  const module = await import(pathToFileURL(join(root, 'dist', path)).href);
  return module.default ?? module;
}

function isInstalled() {
  const lockHash = hashOf(['package-lock.json']);
  if (!existsSync(join(root, 'node_modules'))) return false;
  if (existsSync(INSTALL_MARKER)) return readFileSync(INSTALL_MARKER, 'utf8') === lockHash;
  return false;
}

async function install() {
  // Someone who ran npm ci by hand need not wait for another: npm's own record says what it installed.
  if (!existsSync(INSTALL_MARKER) && installedAsLocked()) return markInstalled();
  await phase('installing packages', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci');
  markInstalled();
}

function markInstalled() {
  writeFileSync(INSTALL_MARKER, hashOf(['package-lock.json']));
}

function installedAsLocked() {
  try {
    const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const { packages: found } = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8'));
    return (
      Object.entries(wanted).every(
        ([path, entry]) =>
          path === '' || (found[path] === undefined ? entry.optional === true : found[path].version === entry.version),
      ) && Object.keys(found).every((path) => wanted[path] !== undefined)
    );
  } catch {
    return false;
  }
}

function isBuilt(inputs = hashOf(BUILD_INPUTS)) {
  return existsSync(BUILD_MARKER) && readFileSync(BUILD_MARKER, 'utf8') === inputs;
}

/** SHA-256 over the names and contents of files and folders of the project, in hex. */
function hashOf(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    let entries;
    try {
      entries = readdirSync(path, { withFileTypes: true });
    } catch (error) {
      if (error.code === 'ENOENT') return;
      if (error.code !== 'ENOTDIR') throw error;
      const content = readFileSync(path);
      hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
      return;
    }
    for (const { name } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!/\.(spec\.ts|md)$/.test(name) && name !== 'node_modules') add(join(path, name));
    }
  };
  for (const path of paths) add(join(root, path));
  return hash.digest('hex');
}

/** Runs npm, with the seconds ticking on a terminal; what it wrote is shown only when it failed. */
async function phase(title, args, command) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  const terminal = process.stderr.isTTY;
  const show = () => process.stderr.write(`\r${title} … ${seconds()} `);
  if (!terminal) process.stderr.write(`${title} …\n`);
  else show();
  const ticking = terminal ? setInterval(show, 1000) : undefined;
  const npm = process.env.npm_execpath;
  const [file, prefix] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(file, [...prefix, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (data) => output.push(data));
  child.stderr.on('data', (data) => output.push(data));
  const stop = (name) => child.kill(name);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const failure = await new Promise((done) => {
    child.once('error', (error) => done(error.code === 'ENOENT' ? 'npm is not on PATH' : error.message));
    child.once('close', (code, by) =>
      done(code === 0 ? undefined : by === null ? `it ended with code ${code}` : `it was ended by ${by}`),
    );
  });
  process.off('SIGINT', stop).off('SIGTERM', stop);
  clearInterval(ticking);
  if (terminal) process.stderr.write('\r');
  if (failure === undefined) {
    process.stderr.write(`${title}: done in ${seconds()}\n`);
    return;
  }
  process.stderr.write(Buffer.concat(output));
  releaseLock();
  fail(`${title} failed (${failure}): the output above says why; '${command}' runs it alone`);
}

const LOCK = join(root, '.cache/setup.lock');
let locked = false;

function releaseLock() {
  if (locked) rmSync(LOCK, { force: true });
  locked = false;
}

/** Two starts of one clone must not install or build at the same time: the second waits for the first. */
async function lock() {
  mkdirSync(dirname(LOCK), { recursive: true });
  const mine = `${LOCK}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  try {
    for (let told = false; ;) {
      try {
        linkSync(mine, LOCK);
        locked = true;
        return releaseLock;
      } catch (error) {
        if (error.code !== 'EEXIST')
          fail(`cannot write to ${dirname(LOCK)} (${error.code}): give this user the right to`);
      }
      const holder = existsSync(LOCK) ? Number(readFileSync(LOCK, 'utf8')) : 0;
      if (!isAlive(holder)) {
        rmSync(LOCK, { force: true });
        continue;
      }
      if (!told) process.stderr.write(`waiting for process ${holder}, which installs or builds in this folder\n`);
      told = true;
      await new Promise((done) => setTimeout(done, 200));
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

function isAlive(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
