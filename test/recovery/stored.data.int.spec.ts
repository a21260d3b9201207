import { messagingCollections } from '@themeline/messaging';
import { migrate, Sealer } from '@themeline/persistence';
import { alertsCollections, type SubscriptionDocument } from '../../apps/alerts/src/alerts.collections';
import { alertsMigrations } from '../../apps/alerts/src/alerts.migrations';
import { openChannels } from '../../apps/alerts/src/channels/sealed.channels';
import {
  type EventDocument,
  type RevisionDocument,
  timelineCollections,
} from '../../apps/timeline/src/timeline.collections';
import { timelineMigrations } from '../../apps/timeline/src/timeline.migrations';
import { openDatabase } from '../support/message-bus';
import { accepted, report, TimelineReplicas } from '../support/timeline-replicas';

describe('what earlier versions stored', () => {
  test('a timeline of before corrections, phrases and spans is, after the migrations, what this version would have written', async () => {
    const timeline = await TimelineReplicas.start(1);
    try {
      await timeline.deliver(accepted(report({ who: 'Zu', date: '2025-03-01' })));
      await timeline.deliver(accepted(report({ who: 'Zu', date: '2025-03-01', summary: 'In other words' })));
      await timeline.deliver(accepted(report({ who: 'Ny', date: '2025-03/2025-06' })));
      await timeline.sequenced();
      const { db } = timeline.database;
      const events = timeline.database.collection<EventDocument>('events');
      const revisions = timeline.database.collection<RevisionDocument>('revisions');
      const all = async (): Promise<unknown[]> => [
        ...(await events.find().sort({ _id: 1 }).toArray()),
        ...(await revisions.find().sort({ _id: 1 }).toArray()),
      ];
      const asWritten = await all();

      await events.updateMany({}, { $unset: { corrections: 1 } });
      await revisions.updateMany({}, { $unset: { knownSeq: 1, span: 1, wording: 1, terms: 1 } });
      await revisions.createIndex({ recordedAt: 1, eventId: 1 });
      await db.collection('migrations').deleteMany({});
      expect(await all()).not.toEqual(asWritten);
      const specs = [...messagingCollections, ...timelineCollections];
      await migrate(db, specs, timelineMigrations);
      expect(await all()).toEqual(asWritten);
      expect(await revisions.indexExists('recordedAt_1_eventId_1')).toBe(false);

      // Once done they are not done again, even by a replica that starts meanwhile.
      await events.updateMany({}, { $unset: { corrections: 1 } });
      await Promise.all([migrate(db, specs, timelineMigrations), migrate(db, specs, timelineMigrations)]);
      expect(await events.countDocuments({ corrections: { $exists: true } })).toBe(0);
    } finally {
      await timeline.stop();
    }
  });

  test('subscriptions, alerts and deliveries of before other channels, digests and watches get what they lack', async () => {
    const { database, close } = await openDatabase('alerts', [...messagingCollections, ...alertsCollections]);
    try {
      const { db } = database;
      const webhook = { id: 'chn_1', type: 'webhook', url: 'https://example.org/a', headers: [], secrets: ['whsec_1'] };
      const [subscription, alert, delivery] = ['subscriptions', 'alerts', 'deliveries'].map((name) =>
        database.collection<{ _id: string }>(name),
      );
      await subscription?.insertOne({ _id: 'sub_1', owner: 'press', channels: [webhook] } as never);
      await alert?.insertOne({ _id: 'alt_1', subscriptionId: 'sub_1', channels: [{ id: 'chn_1' }] } as never);
      await delivery?.insertOne({ _id: 'dlv_1', subscriptionId: 'sub_1', alertId: 'alt_1', state: 'pending' } as never);
      await migrate(db, [...messagingCollections, ...alertsCollections], alertsMigrations);
      const stored = (await subscription?.findOne({ _id: 'sub_1' })) as unknown as SubscriptionDocument;
      expect(JSON.stringify(stored)).not.toMatch(/whsec_1|example\.org\/a/);
      const channels = openChannels(new Sealer(process.env.IDENTITY_SECRET ?? ''), stored.channels);
      expect({ ...stored, channels }).toEqual({
        _id: 'sub_1',
        owner: 'press',
        channels: [{ ...webhook, quietHours: null, rotatedAt: null }],
        maxAlertsPerHour: null,
        watch: { silenceDays: null, approaching: [], overdue: false, momentum: false, feeds: false },
        history: 'none',
        historyDue: null,
      });
      expect(await alert?.findOne({ _id: 'alt_1' })).toMatchObject({
        channels: [{ id: 'chn_1', route: 'direct' }],
        summary: false,
      });
      expect(await delivery?.findOne({ _id: 'dlv_1' })).toEqual({
        _id: 'dlv_1',
        subscriptionId: 'sub_1',
        state: 'pending',
        alertIds: ['alt_1'],
        purpose: 'alerts',
        notice: null,
      });
    } finally {
      await close();
    }
  });
});
