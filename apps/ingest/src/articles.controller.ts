import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  ArticleAccepted,
  articleAccepted,
  ArticleIn,
  articleIn,
  ArticleOut,
  articleOut,
  DatesIn,
  datesIn,
  ExtractOut,
  extractOut,
  ExtractQuery,
  extractQuery,
  Identity,
} from '@themeline/contracts';
import { DatePhrase, findDates } from '@themeline/dates';
import { Answer, badRequest, Caller, Example, Scopes, zodBody, zodQuery } from '@themeline/http';
import { OutboundError } from '@themeline/outbound';
import { z } from 'zod';
import { ArticleReader, UnreadableArticle } from './article.reader';
import { ArticlesService, checkArticle, checkSize } from './articles.service';
import { ReadingPool } from './reading.pool';
import { ReportsService } from './reports.service';

/** Read at once: handing it to a thread would take longer. */
const SHORT_TEXT = 1_000;

const datesOut = z.object({
  dates: z.array(
    z.object({
      phrase: z.string(),
      start: z.number().int(),
      end: z.number().int(),
      edtf: z.string(),
      lower: z.string().nullable(),
      upper: z.string().nullable(),
      precision: z.string(),
      rule: z.string(),
    }),
  ),
});

const ARTICLE = {
  title: 'Nordlit raises 40 million euros to recycle batteries',
  text:
    'Nordlit, a battery recycler based in Aarhus, raised 40 million euros in a Series B round on 12 March 2025. ' +
    'The company will open a plant in Esbjerg in 2027.',
  publishedAt: '2025-03-13T08:00:00Z',
  source: { name: 'Fjord Business Daily' },
};

@ApiTags('ingest')
@Controller('v1')
@Scopes('ingest')
export class ArticlesController {
  constructor(
    private readonly articles: ArticlesService,
    private readonly reports: ReportsService,
    private readonly reader: ArticleReader,
    private readonly pool: ReadingPool,
  ) {}

  @Post('articles')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send an article; it is read in the background' })
  @Answer(202, articleAccepted, 'stored and queued, or known already')
  @Example({ body: ARTICLE })
  submit(@Caller() caller: Identity, @Body(zodBody(articleIn)) input: ArticleIn): Promise<ArticleAccepted> {
    this.reports.admit();
    return this.articles.submit(caller.owner, input);
  }

  @Get('articles/:id')
  @Scopes('read')
  @ApiOperation({ summary: 'What became of an article: its state, its reports, the events that they went into' })
  @Answer(200, articleOut)
  read(@Param('id') id: string): Promise<ArticleOut> {
    return this.articles.read(id);
  }

  @Post('extract')
  @HttpCode(200)
  @ApiOperation({ summary: 'What would be read from an article, and on demand why; nothing is stored' })
  @Answer(200, extractOut)
  @Example({ query: { explain: 'true' }, body: ARTICLE })
  async extract(
    @Query(zodQuery(extractQuery)) { explain }: ExtractQuery,
    @Body(zodBody(articleIn)) input: ArticleIn,
  ): Promise<ExtractOut> {
    checkArticle(input);
    try {
      const reading = await this.reader.read(input, new Date(), 'request');
      if (reading.state !== 'read') return { state: reading.state, reports: [] };
      return {
        state: reading.state,
        reports: explain ? reading.reports : reading.reports.map(({ why: _, ...report }) => report),
      };
    } catch (error) {
      if (!(error instanceof OutboundError || error instanceof UnreadableArticle)) throw error;
      throw badRequest(error.message, [{ path: 'url', message: error.message }]);
    }
  }

  @Post('dates')
  @HttpCode(200)
  @ApiOperation({ summary: 'The date phrases of a text, resolved' })
  @Answer(200, datesOut)
  @Example({
    body: { text: 'The plant opens by mid-2027, a year later than planned.', reference: '2025-03-13T08:00:00Z' },
  })
  async dates(@Body(zodBody(datesIn)) { text, reference, locale }: DatesIn): Promise<{ dates: DatePhrase[] }> {
    checkSize({ text });
    if (text.length <= SHORT_TEXT) {
      return { dates: findDates(text, { reference, ...(locale === undefined ? {} : { locale }) }) };
    }
    return { dates: await this.pool.run({ type: 'dates', text, reference, locale: locale ?? null }, 'request') };
  }
}
