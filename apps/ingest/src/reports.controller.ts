import { Controller, Get, Headers, Param, Post, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Identity,
  MAX_REPORTS_PER_ARRAY,
  Rejection,
  reportIn,
  ReportOut,
  reportOut,
  reportsAccepted,
} from '@themeline/contracts';
import {
  Answer as Answers,
  badRequest,
  Caller,
  Example,
  parseStrictJson,
  ProblemError,
  Reads,
  Scopes,
  StrictJsonError,
  tooLarge,
} from '@themeline/http';
import { Idempotency, idempotencyId, type IdempotentAnswer } from '@themeline/idempotency';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { Line, readLines } from './line.reader';
import { canonicalJson, sha256 } from './report.normaliser';
import { Accepted, ReportsService, Submitted } from './reports.service';

const MAX_LINE_BYTES = 256 * 1024;
const LINES_PER_TRANSACTION = 500;
/** Above this many lines an answer does not list every item, and not more rejections than this. */
const MAX_LISTED = 1_000;

interface HttpRequest {
  body: unknown;
  raw: Readable;
  headers: Record<string, string | string[] | undefined>;
}
interface HttpReply {
  status(code: number): HttpReply;
}

@ApiTags('ingest')
@Controller('v1/reports')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly idempotency: Idempotency,
  ) {}

  @Post()
  @Scopes('ingest')
  @ApiOperation({
    summary: 'Send one report, an array of up to 1,000, or NDJSON of any length',
    description:
      '202 with what was accepted, what was known already and what was refused. When nothing was accepted and something refused: 400 with the fields.',
  })
  @Reads({
    'application/json': z.union([reportIn, z.array(reportIn).max(MAX_REPORTS_PER_ARRAY)]),
    'application/x-ndjson': z.string(),
  })
  @Example({
    headers: { 'Idempotency-Key': 'licences-of-6-september' },
    body: [
      {
        kind: 'export-control',
        headline: 'Netherlands widens licence rule for lithography machines',
        date: '2024-09-06',
        entities: ['ASML', { name: 'Government of the Netherlands', type: 'authority', role: 'agent' }],
        countries: ['NL'],
        source: { name: 'Harbour Gazette' },
        url: 'https://gazette.example.org/licences',
        publishedAt: '2024-09-06T15:00:00Z',
      },
      {
        kind: 'export-control',
        headline: 'Dutch government extends lithography licence rule to older machines',
        date: { phrase: 'on Friday', reference: '2024-09-07T09:00:00Z' },
        entities: ['ASML', { name: 'Government of the Netherlands', type: 'authority', role: 'agent' }],
        countries: ['NL'],
        source: { name: 'Delta Wire' },
        publishedAt: '2024-09-07T09:00:00Z',
      },
      {
        kind: 'funding-round',
        headline: 'Nordlit raises a Series B of 40 million euros',
        date: '2025-03-12',
        entities: ['Nordlit'],
        amount: { value: 40_000_000, currency: 'EUR' },
        source: { name: 'Fjord Business Daily' },
        publishedAt: '2025-03-13T08:00:00Z',
      },
    ],
  })
  @Answers(202, reportsAccepted, 'what was accepted, what was known already, what was refused')
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'the first answer is the answer to all, for 24 h',
  })
  async submit(
    @Caller() caller: Identity,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) reply: HttpReply,
    @Headers('idempotency-key') key?: string,
  ): Promise<unknown> {
    this.reports.admit();
    const id = idempotencyId(caller.owner, '/v1/reports', key);
    const answer = /^application\/x-ndjson\b/i.test(String(request.headers['content-type'] ?? ''))
      ? await this.stream(caller.owner, request.raw, id)
      : await this.json(caller.owner, request.body, id);
    reply.status(answer.status);
    return answer.body;
  }

  @Get(':id')
  @Scopes('read')
  @ApiOperation({ summary: 'A report, its state and the event that it went into' })
  @Answers(200, reportOut)
  read(@Param('id') id: string): Promise<ReportOut> {
    return this.reports.read(id);
  }

  private async json(owner: string, body: unknown, id: string | null): Promise<IdempotentAnswer> {
    const single = !Array.isArray(body);
    const values: unknown[] = single ? [body] : body;
    if (values.length > MAX_REPORTS_PER_ARRAY) {
      throw tooLarge(
        `an array holds at most ${String(MAX_REPORTS_PER_ARRAY)} reports: ${String(values.length)}; send more as application/x-ndjson`,
      );
    }
    const work = async (): Promise<IdempotentAnswer> => {
      const result = await this.reports.accept(
        owner,
        values.map((value, index) => ({ index, value })),
      );
      if (values.length > 0 && result.rejected.length === values.length) throw refusal(result.rejected, single);
      return { status: 202, body: result };
    };
    return id === null ? work() : this.idempotency.once(id, sha256(canonicalJson(body)), work);
  }

  /** Lines are stored as they come, some hundred to a transaction: a stream that breaks off keeps what was stored before. */
  private async stream(owner: string, raw: Readable, id: string | null): Promise<IdempotentAnswer> {
    const hash = createHash('sha256');
    const hashed = (async function* (): AsyncGenerator<Buffer> {
      for await (const chunk of raw as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    })();
    const known = id === null ? null : await this.idempotency.claim(id, null);
    if (known !== null && id !== null) {
      for await (const _ of hashed);
      await this.idempotency.verifyBody(id, hash.digest('hex'));
      return known;
    }
    try {
      const answer = await this.storeLines(owner, hashed);
      if (id !== null) await this.idempotency.finish(id, hash.digest('hex'), answer);
      return answer;
    } catch (error) {
      if (id !== null) await this.idempotency.abandon(id);
      throw error;
    }
  }

  private async storeLines(owner: string, bytes: AsyncIterable<Buffer>): Promise<IdempotentAnswer> {
    const total: Accepted & { rejectedTotal: number } = {
      accepted: 0,
      duplicates: 0,
      rejected: [],
      rejectedTotal: 0,
      items: [],
    };
    let lines = 0;
    let onlyTooLong = true;
    let batch: Submitted[] = [];
    const refuse = (rejections: Rejection[]): void => {
      total.rejectedTotal += rejections.length;
      total.rejected.push(...rejections.slice(0, MAX_LISTED - total.rejected.length));
    };
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      await this.untilAdmitted();
      const result = await this.reports.accept(owner, batch);
      batch = [];
      total.accepted += result.accepted;
      total.duplicates += result.duplicates;
      refuse(result.rejected);
      if (lines <= MAX_LISTED) total.items.push(...result.items);
    };
    for await (const line of readLines(bytes, MAX_LINE_BYTES)) {
      lines += 1;
      const value = parseLine(line);
      if ('errors' in value) {
        refuse([{ index: line.index, errors: value.errors }]);
        onlyTooLong &&= 'error' in line && line.error === 'too-long';
        continue;
      }
      onlyTooLong = false;
      batch.push({ index: line.index, value: value.value });
      if (batch.length >= LINES_PER_TRANSACTION) await flush();
    }
    await flush();
    total.rejected.sort((a, b) => a.index - b.index);
    if (total.accepted + total.duplicates === 0 && total.rejectedTotal > 0) {
      if (onlyTooLong) throw tooLarge(`a line holds at most ${String(MAX_LINE_BYTES)} bytes`);
      throw refusal(total.rejected, false);
    }
    const { items, ...rest } = total;
    return { status: 202, body: lines > MAX_LISTED ? rest : { ...rest, items } };
  }

  /** In the middle of a stream there is no refusing: it is read more slowly instead. */
  private async untilAdmitted(): Promise<void> {
    for (;;) {
      try {
        this.reports.admit();
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}

function parseLine(line: Line): { value: unknown } | { errors: Rejection['errors'] } {
  if ('error' in line) {
    return {
      errors: [
        {
          path: '',
          message: line.error === 'too-long' ? `longer than ${String(MAX_LINE_BYTES)} bytes` : 'not valid UTF-8',
        },
      ],
    };
  }
  try {
    return { value: parseStrictJson(line.text) };
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return { errors: [{ path: error.path, message: error.message }] };
  }
}

function refusal(rejected: readonly Rejection[], single: boolean): ProblemError {
  const errors = rejected.flatMap(({ index, errors: list }) =>
    list.map(({ path, message }) => ({
      path: single ? path : `[${String(index)}]${path === '' || path.startsWith('[') ? path : `.${path}`}`,
      message,
    })),
  );
  const first = errors[0];
  return badRequest(
    `${first === undefined || first.path === '' ? 'report' : first.path}: ${first?.message ?? 'invalid'}`,
    errors,
  );
}
