import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Idempotency } from '@themeline/idempotency';
import { MessagingModule, messagingCollections } from '@themeline/messaging';
import { guardFromEnv } from '@themeline/outbound';
import { PersistenceModule, Sealer, sealerFromEnv } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { ArticleReader } from './article.reader';
import { ArticlesConsumer } from './articles.consumer';
import { ArticlesController } from './articles.controller';
import { ArticlesRepository } from './articles.repository';
import { ArticlesService } from './articles.service';
import { AssignmentsConsumer } from './assignments.consumer';
import { feedCollections } from './feeds/feeds.collections';
import { FeedsController } from './feeds/feeds.controller';
import { feedProviders } from './feeds/feeds.providers';
import { importCollections } from './imports/imports.collections';
import { ImportsController } from './imports/imports.controller';
import { ImportsRepository } from './imports/imports.repository';
import { ImportsRunner } from './imports/imports.runner';
import { ImportsService } from './imports/imports.service';
import { IMPORT_SETTINGS, readImportSettings } from './imports/imports.settings';
import { UploadSpool } from './imports/upload.spool';
import { ingestCollections } from './ingest.collections';
import { OUTBOUND, VOCABULARY } from './ingest.tokens';
import { OpmlController } from './opml/opml.controller';
import { OpmlService } from './opml/opml.service';
import { ReadingPool } from './reading.pool';
import { readReadingSettings } from './reading.settings';
import { ReportsController } from './reports.controller';
import { ReportsRepository } from './reports.repository';
import { ReportsService } from './reports.service';
import { sourceCollections } from './sources/sources.collections';
import { SourcesController } from './sources/sources.controller';
import { SourcesRepository } from './sources/sources.repository';
import { SourcesService } from './sources/sources.service';
import { TakedownController } from './takedown/takedown.controller';
import { TakedownRepository } from './takedown/takedown.repository';
import { TakedownService } from './takedown/takedown.service';

@Module({
  imports: [
    PersistenceModule.forRoot({
      service: 'ingest',
      collections: [
        ...messagingCollections,
        ...ingestCollections,
        ...importCollections,
        ...sourceCollections,
        ...feedCollections,
      ],
    }),
    MessagingModule.forRoot({ service: 'ingest' }),
    ScheduleModule.forRoot(),
  ],
  controllers: [
    ReportsController,
    ArticlesController,
    ImportsController,
    SourcesController,
    TakedownController,
    OpmlController,
    FeedsController,
    ArticlesConsumer,
    AssignmentsConsumer,
  ],
  providers: [
    ReportsService,
    ReportsRepository,
    ArticlesService,
    ArticlesRepository,
    ArticleReader,
    Idempotency,
    OpmlService,
    SourcesService,
    SourcesRepository,
    TakedownService,
    TakedownRepository,
    ImportsService,
    ImportsRepository,
    ImportsRunner,
    UploadSpool,
    { provide: IMPORT_SETTINGS, useFactory: () => readImportSettings(process.env) },
    ...feedProviders,
    { provide: Sealer, useFactory: () => sealerFromEnv(process.env) },
    { provide: VOCABULARY, useFactory: () => loadVocabulary() },
    { provide: ReadingPool, useFactory: () => new ReadingPool(readReadingSettings(process.env)) },
    { provide: OUTBOUND, useFactory: () => guardFromEnv(process.env) },
  ],
})
export class IngestModule {}
