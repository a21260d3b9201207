import { readFile } from 'node:fs/promises';

/** What a process has used since it began; needs /proc. */
export interface ProcessFigures {
  /** User and system time. */
  cpuSeconds: number;
  /** Written to files and sockets. */
  bytesWritten: number;
}

/** Together, of all replicas of a service. */
export async function figuresOf(pids: readonly number[]): Promise<ProcessFigures> {
  const each = await Promise.all(
    pids.map(async (pid) => ({ cpuSeconds: await processorSecondsOf(pid), bytesWritten: await bytesWrittenBy(pid) })),
  );
  return {
    cpuSeconds: each.reduce((sum, one) => sum + one.cpuSeconds, 0),
    bytesWritten: each.reduce((sum, one) => sum + one.bytesWritten, 0),
  };
}

/** User and system time; /proc counts in hundredths of a second. */
export async function processorSecondsOf(pid: number): Promise<number> {
  const fields = (await readFile(`/proc/${String(pid)}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Resident, in bytes. */
export async function memoryOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

async function bytesWrittenBy(pid: number): Promise<number> {
  return Number(/^wchar: (\d+)$/m.exec(await readFile(`/proc/${String(pid)}/io`, 'utf8'))?.[1] ?? 0);
}
