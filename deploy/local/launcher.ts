import { resolve } from 'node:path';
import { runDemo } from './demo.runner';
import { readSettings, USAGE } from './launcher.settings';
import { startStack, type LocalStack } from './local.stack';
import { StackError } from './servers';

/**
 * What `npm start` runs after the build: starts the stack, says when it is ready, stops it at SIGINT, SIGTERM or SIGHUP.
 * Standard output gets the admin key (first start), `ready <url>` and the demo's alerts; everything else goes to
 * standard error. Resolves with the exit code.
 */
export async function launch(argv: readonly string[], root: string): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const progress = (line: string): void => void process.stderr.write(`${line}\n`);
  if (argv.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  // A reader that goes away (`npm start | head -1`, a closed terminal) must not take the stack down half-stopped.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  let stack: LocalStack | undefined;
  let stopAsked = false;
  const stop = (): void => {
    if (!stopAsked) progress('stopping');
    stopAsked = true;
    void stack?.stop();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  try {
    const settings = readSettings(argv, process.env, root);
    const dist = resolve(root, 'dist');
    stack = await new Promise<LocalStack | undefined>((resolveStack, reject) => {
      startStack({
        settings,
        env: process.env,
        root,
        script: (service) => resolve(dist, 'apps', service, 'src/main.js'),
        progress,
        onStarted: (starting) => {
          stack = starting;
          if (stopAsked) void starting.stop();
          // Stopped half-way: a download that is still under way is not waited for.
          starting.stopped.then(() => resolveStack(undefined), reject);
        },
      }).then(resolveStack, reject);
    });
    if (stack === undefined) return 0;
    if (stack.newAdminKey !== undefined) {
      say(`admin key ${stack.newAdminKey} (kept in ${stack.folder.adminKeyFile})`);
    }
    say(`ready ${stack.url}`);
    const demo = settings.demo ? await runDemo(stack, resolve(root, 'deploy/local/demo'), say) : undefined;
    await stack.stopped.finally(() => demo?.close());
    return 0;
  } catch (error) {
    if (stopAsked) return 0;
    progress(
      `themeline: ${error instanceof StackError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    await stack?.stop();
    return 1;
  }
}
