import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from '../../deploy/local/process.identity';
import { dismissGuard, endGuard, startGuard } from '../support/real-servers';

const PREFIX = 'themeline-faults-';
/** Names the process whose run a folder belongs to, for as long as it is to be removed. */
const OWNER = 'owner.json';

/** The files of one run. Unless it is kept nothing of it is left: no process, no mount, no file, however this process ends. */
export class RunFolder {
  private constructor(
    readonly path: string,
    private readonly guard: ReturnType<typeof startGuard>,
  ) {}

  /** Also clears away what runs left whose process and guard were both killed. */
  static async create(parent = tmpdir()): Promise<RunFolder> {
    await removeLeftovers(parent);
    const path = await mkdtemp(join(parent, PREFIX));
    await writeFile(join(path, OWNER), JSON.stringify(await identify(process.pid)));
    return new RunFolder(path, startGuard(path));
  }

  /** Ends what still runs, unmounts what is mounted, removes the rest. */
  async remove(): Promise<void> {
    await endGuard(this.guard);
  }

  /** From now on nobody removes it. */
  async keep(): Promise<void> {
    await dismissGuard(this.guard);
    await rm(join(this.path, OWNER));
  }
}

async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(parent, name);
    const owner = await readFile(join(path, OWNER), 'utf8').then(
      (text) => JSON.parse(text) as ProcessIdentity,
      () => null,
    );
    if (owner !== null && !(await isAlive(owner))) await endGuard(startGuard(path));
  }
}
