import 'reflect-metadata';
import { runService } from '@themeline/http';
import { JetStreamStrategy } from '@themeline/messaging';
import { TimelineModule } from './timeline.module';

void runService({
  name: 'timeline',
  module: TimelineModule,
  configure: (app) => {
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  },
});
