import { JetStreamStrategy } from '@themeline/messaging';
import { runService } from '@themeline/http';
import { AlertsModule } from './alerts.module';

void runService({
  name: 'alerts',
  module: AlertsModule,
  configure: (app) => {
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  },
});
