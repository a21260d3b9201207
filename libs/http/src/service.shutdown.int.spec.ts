import { Controller, Get, Module, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Open } from './identity.guard';
import { runService } from './service.runner';

let finish: () => void = () => undefined;
const started: (() => void)[] = [];

@Controller('v1')
@Open()
class WaitingController {
  @Get('slow')
  async slow(): Promise<object> {
    const finished = new Promise<void>((resolve) => (finish = resolve));
    started.shift()?.();
    await finished;
    return { finished: true };
  }

  @Get('stream')
  stream(@Res() reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
  }
}

@Module({ controllers: [WaitingController] })
class WaitingModule {}

/** Resolves with the exit code instead of ending the tests. */
function interceptExit(): Promise<number> {
  return new Promise((resolve) => {
    const exit = (code?: string | number | null): void => resolve(Number(code));
    jest.spyOn(process, 'exit').mockImplementation(exit as typeof process.exit);
  });
}

beforeEach(() => {
  Object.assign(process.env, { HOST: '127.0.0.1', PORT: '0', IDENTITY_SECRET: 's', LOG_LEVEL: 'silent' });
});

afterEach(() => jest.restoreAllMocks());

test.each(['SIGTERM', 'disconnect'] as const)(
  '%s ends streams, lets requests finish, and takes no more',
  async (why) => {
    const exited = interceptExit();
    const app = await runService({ name: 'waiting', module: WaitingModule });
    const url = await app.getUrl();
    const stream = await fetch(`${url}/v1/stream`);
    const begun = new Promise<void>((resolve) => started.push(resolve));
    const slow = fetch(`${url}/v1/slow`).then((answer) => answer.json());
    await begun;
    process.emit(why as 'disconnect');
    expect(await stream.text()).toBe('');
    await expect(fetch(`${url}/health/live`)).rejects.toThrow();
    finish();
    expect(await slow).toEqual({ finished: true });
    expect(await exited).toBe(0);
  },
);

test('a missing setting is one line and the code 78', async () => {
  const exited = interceptExit();
  const lines = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  delete process.env['IDENTITY_SECRET'];
  await runService({ name: 'waiting', module: WaitingModule });
  expect(await exited).toBe(78);
  expect(lines.mock.calls).toEqual([
    [expect.stringMatching(/^waiting cannot start: IDENTITY_SECRET is not set[^\n]*\n$/)],
  ]);
});
