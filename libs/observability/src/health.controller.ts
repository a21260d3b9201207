import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import { metricsText } from './metrics.registry';
import { Readiness } from './readiness.service';

/** What Nest's HTTP adapters' replies have in common, as far as it is used here. */
interface Reply {
  status(code: number): Reply;
  header(name: string, value: string): Reply;
  send(body: unknown): unknown;
}

@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  /** The event loop answers: nothing else is asked, so that a broken database does not get the process killed. */
  @Get('health/live')
  @Header('cache-control', 'no-store')
  live(): { status: string } {
    return { status: 'live' };
  }

  @Get('health/ready')
  async ready(@Res() reply: Reply): Promise<void> {
    const report = await this.readiness.report();
    reply
      .status(report.ready ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
      .header('cache-control', 'no-store')
      .send({ status: report.ready ? 'ready' : 'not ready', checks: report.checks });
  }

  @Get('metrics')
  async metrics(@Res() reply: Reply): Promise<void> {
    const { contentType, body } = await metricsText();
    reply.header('content-type', contentType).send(body);
  }
}
