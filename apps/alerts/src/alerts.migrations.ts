import { type Migration, sealerFromEnv } from '@themeline/persistence';
import { type CounterDocument, SUBSCRIPTION_CHANGES, type SubscriptionDocument } from './alerts.collections';
import { sealChannels } from './channels/sealed.channels';

export const alertsMigrations: Migration[] = [
  {
    id: '0001-subscription-changes',
    // Made beforehand, because two transactions that both insert it would collide with a duplicate key.
    up: async (db) => {
      await db
        .collection<CounterDocument>('counters')
        .updateOne({ _id: SUBSCRIPTION_CHANGES }, { $setOnInsert: { value: 0 } }, { upsert: true });
    },
  },
  {
    id: '0002-channels-of-many-types',
    // Until then every channel was an immediate webhook, and a delivery carried one alert.
    up: async (db) => {
      await db
        .collection('subscriptions')
        .updateMany(
          { maxAlertsPerHour: { $exists: false } },
          { $set: { maxAlertsPerHour: null, 'channels.$[].quietHours': null } },
        );
      await db
        .collection('alerts')
        .updateMany(
          { channels: { $elemMatch: { route: { $exists: false } } } },
          { $set: { 'channels.$[].route': 'direct' } },
        );
      await db
        .collection('deliveries')
        .updateMany({ alertIds: { $exists: false } }, [
          { $set: { alertIds: ['$alertId'], purpose: 'alerts', notice: null } },
          { $unset: 'alertId' },
        ]);
    },
  },
  {
    id: '0003-secrets-that-rotate',
    up: async (db) => {
      await db
        .collection('subscriptions')
        .updateMany(
          { channels: { $elemMatch: { type: 'webhook', rotatedAt: { $exists: false } } } },
          { $set: { 'channels.$[webhook].rotatedAt': null } },
          { arrayFilters: [{ 'webhook.type': 'webhook', 'webhook.rotatedAt': { $exists: false } }] },
        );
    },
  },
  {
    id: '0004-history-and-watches',
    up: async (db) => {
      const watch = { silenceDays: null, approaching: [], overdue: false, momentum: false };
      await db
        .collection('subscriptions')
        .updateMany({ watch: { $exists: false } }, { $set: { watch, history: 'none', historyDue: null } });
      await db.collection('alerts').updateMany({ summary: { $exists: false } }, { $set: { summary: false } });
    },
  },
  {
    id: '0005-watched-feeds',
    up: async (db) => {
      await db
        .collection('subscriptions')
        .updateMany({ 'watch.feeds': { $exists: false } }, { $set: { 'watch.feeds': false } });
    },
  },
  {
    id: '0006-sealed-secrets',
    up: async (db) => {
      const sealer = sealerFromEnv(process.env);
      const subscriptions = db.collection<SubscriptionDocument>('subscriptions');
      for await (const { _id, changeNumber, channels } of subscriptions.find({ state: { $ne: 'removed' } })) {
        // One that is changed meanwhile is sealed by that change.
        await subscriptions.updateOne({ _id, changeNumber }, { $set: { channels: sealChannels(sealer, channels) } });
      }
    },
  },
];
