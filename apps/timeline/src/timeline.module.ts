import { Module } from '@nestjs/common';
import { messagingCollections, MessagingModule } from '@themeline/messaging';
import { PersistenceModule } from '@themeline/persistence';
import { loadVocabulary } from '@themeline/vocabulary';
import { BridgingService } from './editing/bridging.service';
import { EditingController } from './editing/editing.controller';
import { EditingService } from './editing/editing.service';
import { EntitiesController } from './entities/entities.controller';
import { EntitiesRepository } from './entities/entities.repository';
import { EntitiesService } from './entities/entities.service';
import { EventSearch } from './events/event.search';
import { EntityMergeService } from './entities/entity-merge.service';
import { EventsController } from './events/events.controller';
import { EventsRepository } from './events/events.repository';
import { EventsService } from './events/events.service';
import { ExportsController } from './exports/exports.controller';
import { ExportsService } from './exports/exports.service';
import { NewestState } from './events/newest.state';
import { FrequencyRepository } from './events/frequency.repository';
import { HistogramController } from './histogram/histogram.controller';
import { HistogramService } from './histogram/histogram.service';
import { EventRefresher } from './merge/event.refresher';
import { MergeRepository } from './merge/merge.repository';
import { MergeService } from './merge/merge.service';
import { namesInEvidence } from './merge/profile.migration';
import { ReportsConsumer } from './merge/reports.consumer';
import { TimelineWriter } from './merge/timeline.writer';
import { CountingRepository } from './rollups/counting.repository';
import { FacetsController } from './rollups/facets.controller';
import { FacetsService } from './rollups/facets.service';
import { RollupReader } from './rollups/rollup.reader';
import { RollupsRepository } from './rollups/rollups.repository';
import { RollupsService } from './rollups/rollups.service';
import { SequenceRepository } from './sequence/sequence.repository';
import { SequencerService } from './sequence/sequencer.service';
import { SequenceWatcher } from './stream/sequence.watcher';
import { StreamController } from './stream/stream.controller';
import { StreamRepository } from './stream/stream.repository';
import { StreamService } from './stream/stream.service';
import { readHeartbeat, STREAM_HEARTBEAT_MS } from './stream/stream.settings';
import { ThemeFiguresRepository } from './themes/theme-figures.repository';
import { ThemeFiguresService } from './themes/theme-figures.service';
import { ErasureRepository } from './takedown/erasure.repository';
import { ErasureService } from './takedown/erasure.service';
import { RemovalsConsumer } from './takedown/removals.consumer';
import { ThemesController } from './themes/themes.controller';
import { ThemesRepository } from './themes/themes.repository';
import { ThemesService } from './themes/themes.service';
import { timelineCollections } from './timeline.collections';
import { timelineMigrations } from './timeline.migrations';
import { VOCABULARY } from './timeline.tokens';

/** What happened, when, and who says so. */
@Module({
  imports: [
    PersistenceModule.forRoot({
      service: 'timeline',
      collections: [...messagingCollections, ...timelineCollections],
      migrations: [...timelineMigrations, namesInEvidence],
    }),
    MessagingModule.forRoot({ service: 'timeline' }),
  ],
  controllers: [
    EventsController,
    FacetsController,
    HistogramController,
    EditingController,
    ThemesController,
    EntitiesController,
    ExportsController,
    StreamController,
    ReportsConsumer,
    RemovalsConsumer,
  ],
  providers: [
    { provide: VOCABULARY, useFactory: () => loadVocabulary() },
    MergeRepository,
    MergeService,
    TimelineWriter,
    SequenceRepository,
    NewestState,
    SequencerService,
    ThemesRepository,
    ThemesService,
    EventsRepository,
    EventSearch,
    FrequencyRepository,
    RollupsRepository,
    RollupsService,
    RollupReader,
    CountingRepository,
    FacetsService,
    HistogramService,
    EventsService,
    EditingService,
    BridgingService,
    EntitiesRepository,
    EntitiesService,
    EntityMergeService,
    EventRefresher,
    ThemeFiguresRepository,
    ThemeFiguresService,
    ExportsService,
    { provide: STREAM_HEARTBEAT_MS, useFactory: () => readHeartbeat(process.env) },
    SequenceWatcher,
    StreamRepository,
    StreamService,
    ErasureService,
    ErasureRepository,
  ],
})
export class TimelineModule {}
