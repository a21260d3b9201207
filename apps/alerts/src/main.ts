import { JetStreamStrategy } from '@themeline/messaging';
import { runService } from '@themeline/http';
import { AlertsModule } from './alerts.module';
import { mailSettingsFromEnv } from './channels/mail.settings';

void runService({
  name: 'alerts',
  module: AlertsModule,
  checkSettings: mailSettingsFromEnv,
  configure: (app) => {
    app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
  },
});
