import { Injectable, Logger } from '@nestjs/common';
import { type Service, SERVICES } from '@themeline/contracts';
import type { OpenApiDocument } from '@themeline/http';
import { mergeDocuments } from './document.merger';
import { Upstreams } from './upstream.pool';

const KEEP_MS = 60_000;

/** The documents of the services, fetched when asked for. One that does not answer is shown as it last was. */
@Injectable()
export class ApiDocument {
  private readonly logger = new Logger(ApiDocument.name);
  private readonly documents = new Map<Service, { document: OpenApiDocument; at: number }>();

  constructor(private readonly upstreams: Upstreams) {}

  async merged(own: OpenApiDocument): Promise<OpenApiDocument> {
    await Promise.all(SERVICES.map((service) => this.refresh(service)));
    const known = SERVICES.flatMap((service) => {
      const document = this.documents.get(service)?.document;
      return document === undefined ? [] : [[service, document] as const];
    });
    return mergeDocuments(own, known);
  }

  private async refresh(service: Service): Promise<void> {
    const now = performance.now();
    if (now - (this.documents.get(service)?.at ?? -Infinity) < KEEP_MS) return;
    try {
      const answer = await this.upstreams.send(service, { method: 'GET', path: '/openapi.json' });
      const document = (await answer.body.json()) as OpenApiDocument;
      if (answer.statusCode === 200) this.documents.set(service, { document, at: now });
    } catch (error) {
      this.logger.warn({ err: error }, `${service} gives no OpenAPI document`);
    }
  }
}
