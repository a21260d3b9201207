import { Module } from '@nestjs/common';
import { Idempotency, idempotencyCollections } from '@themeline/idempotency';
import { messagingCollections, MessagingModule } from '@themeline/messaging';
import { PersistenceModule, Sealer, sealerFromEnv } from '@themeline/persistence';
import { guardFromEnv, OutboundGuard } from '@themeline/outbound';
import { alertsCollections } from './alerts.collections';
import { alertsMigrations } from './alerts.migrations';
import { AlertStreams } from './channels/alert.stream';
import { ChannelSenders } from './channels/channel.senders';
import { ChannelsController } from './channels/channels.controller';
import { ChannelsService } from './channels/channels.service';
import { Confirmations } from './channels/confirmations';
import { EmailSender } from './channels/email.sender';
import { FetchedController } from './channels/fetched.controller';
import { FetchedService } from './channels/fetched.service';
import { MailController } from './channels/mail.controller';
import { MailService } from './channels/mail.service';
import { MAIL_SETTINGS, mailSettingsFromEnv } from './channels/mail.settings';
import { DiscordSender, MessengerPost, SlackSender } from './channels/messenger.senders';
import { WebhookSender } from './channels/webhook.sender';
import { DELIVERY_SETTINGS, deliverySettingsFromEnv } from './deliveries/delivery.settings';
import { DeliveriesController, SubscriptionDeliveriesController } from './deliveries/deliveries.controller';
import { DeliveriesRepository } from './deliveries/deliveries.repository';
import { DeliveriesService } from './deliveries/deliveries.service';
import { DeliveryWorker } from './deliveries/delivery.worker';
import { GatheringRepository } from './digests/gathering.repository';
import { GatheringService } from './digests/gathering.service';
import { GatheringWorker } from './digests/gathering.worker';
import { LedgerController } from './ledger/ledger.controller';
import { LedgerRepository } from './ledger/ledger.repository';
import { LedgerService } from './ledger/ledger.service';
import { MatchingConsumer } from './matching/matching.consumer';
import { HistoryService } from './history/history.service';
import { SummariesRepository } from './history/summaries.repository';
import { SummariesService } from './history/summaries.service';
import { AilingFeedsConsumer } from './watch/ailing-feeds.consumer';
import { WatchService } from './watch/watch.service';
import { PreviewController } from './preview/preview.controller';
import { PreviewService } from './preview/preview.service';
import { ProjectionConsumer } from './projection/projection.consumer';
import { ProjectionRepository } from './projection/projection.repository';
import { SubscriptionsController } from './subscriptions/subscriptions.controller';
import { SubscriptionsRepository } from './subscriptions/subscriptions.repository';
import { SUBSCRIPTION_SETTINGS, subscriptionSettingsFromEnv } from './subscriptions/subscription.settings';
import { SubscriptionsService } from './subscriptions/subscriptions.service';
import { takedownCollections } from './takedown/takedown.collections';
import { ErasuresConsumer } from './takedown/erasures.consumer';
import { ErasuresRepository } from './takedown/erasures.repository';
import { ThemesConsumer } from './themes/themes.consumer';
import { ThemeExplainer } from './themes/theme.explainer';
import { ThemesRepository } from './themes/themes.repository';

/** Who wants what, who was told, and whether it arrived. */
@Module({
  imports: [
    PersistenceModule.forRoot({
      service: 'alerts',
      collections: [...messagingCollections, ...idempotencyCollections, ...alertsCollections, ...takedownCollections],
      migrations: alertsMigrations,
    }),
    MessagingModule.forRoot({ service: 'alerts' }),
  ],
  controllers: [
    PreviewController,
    SubscriptionsController,
    LedgerController,
    SubscriptionDeliveriesController,
    DeliveriesController,
    MailController,
    ChannelsController,
    FetchedController,
    ThemesConsumer,
    MatchingConsumer,
    ProjectionConsumer,
    ErasuresConsumer,
    AilingFeedsConsumer,
  ],
  providers: [
    { provide: Sealer, useFactory: () => sealerFromEnv(process.env) },
    { provide: OutboundGuard, useFactory: () => guardFromEnv(process.env) },
    { provide: DELIVERY_SETTINGS, useFactory: () => deliverySettingsFromEnv(process.env) },
    { provide: SUBSCRIPTION_SETTINGS, useFactory: () => subscriptionSettingsFromEnv(process.env) },
    Idempotency,
    SubscriptionsRepository,
    SubscriptionsService,
    ThemesRepository,
    ThemeExplainer,
    ProjectionRepository,
    PreviewService,
    SummariesRepository,
    SummariesService,
    HistoryService,
    WatchService,
    LedgerRepository,
    LedgerService,
    { provide: MAIL_SETTINGS, useFactory: () => mailSettingsFromEnv(process.env) },
    ErasuresRepository,
    WebhookSender,
    EmailSender,
    MessengerPost,
    SlackSender,
    DiscordSender,
    MailService,
    ChannelsService,
    FetchedService,
    AlertStreams,
    Confirmations,
    ChannelSenders,
    DeliveriesRepository,
    DeliveriesService,
    DeliveryWorker,
    GatheringRepository,
    GatheringService,
    GatheringWorker,
  ],
})
export class AlertsModule {}
