import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SERVICES } from '@themeline/contracts';
import { Readiness } from '@themeline/observability';
import { Upstreams } from './upstream.pool';

/** The gateway is ready when all that it stands in front of is. */
@Injectable()
export class ServiceHealth implements OnModuleInit {
  constructor(
    private readonly readiness: Readiness,
    private readonly upstreams: Upstreams,
  ) {}

  onModuleInit(): void {
    for (const service of SERVICES) {
      this.readiness.add(service, async () => {
        const answer = await this.upstreams.send(service, { method: 'GET', path: '/health/ready' });
        await answer.body.dump();
        if (answer.statusCode !== 200) throw new Error(`answers ${answer.statusCode}`);
      });
    }
  }
}
