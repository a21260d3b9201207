import 'reflect-metadata';
import { runService } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { IngestModule } from './ingest.module';

void runService({
  name: 'ingest',
  module: IngestModule,
  configure: (app) => {
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  },
});
