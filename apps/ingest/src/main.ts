import 'reflect-metadata';
import { runService } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { readFeedSettings } from './feeds/feed.settings';
import { readImportSettings } from './imports/imports.settings';
import { IngestModule } from './ingest.module';
import { readReadingSettings } from './reading.settings';

void runService({
  name: 'ingest',
  module: IngestModule,
  checkSettings: (env) => [readReadingSettings(env), readImportSettings(env), readFeedSettings(env)],
  configure: (app) => {
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  },
});
