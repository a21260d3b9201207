import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { readCompose } from './compose.file';
import { ComposeServers, connectAs, PASSWORD, until, withClient } from './compose.servers';

let servers: ComposeServers;
beforeEach(async () => {
  servers = await ComposeServers.make();
});
afterEach(() => servers.end());

test('the NATS configuration asks for the password, digits or not, and keeps streams', async () => {
  const { address, monitor } = await servers.startNats();
  const connection = await connectAs(address, 'themeline', PASSWORD);
  expect(connection.info?.jetstream).toBe(true);
  await (await jetstreamManager(connection)).streams.add({ name: 'A', subjects: ['a'] });
  await connection.close();
  await expect(connectAs(address)).rejects.toThrow(/authorization/i);
  await expect(connectAs(address, 'themeline', 'guess')).rejects.toThrow(/authorization/i);

  const { pathname, search } = new URL(readCompose().services.nats?.healthcheck?.test?.at(-1) ?? '');
  expect((await fetch(`http://${monitor}${pathname}${search}`)).status).toBe(200);
});

test('the MongoDB scripts make a replica set with passwords, in which a service reaches its own database only', async () => {
  const { address, setUp } = await servers.startMongo();
  expect(await until(setUp)).toBe('the replica set and its users are ready\n');
  expect(await setUp()).toBe('the replica set and its users are ready\n');
  expect((await stat(join(servers.folder, 'keyfile'))).mode & 0o777).toBe(0o400);

  await withClient(`mongodb://timeline:${PASSWORD}@${address}/?replicaSet=rs0&authSource=admin`, async (client) => {
    const own = client.db('themeline_timeline').collection('events');
    await own.createIndex({ at: 1 });
    await client.withSession((session) => session.withTransaction(() => own.insertOne({ at: 1 }, { session })));
    const changes = own.watch();
    await changes.tryNext();
    await changes.close();
    const other = client.db('themeline_alerts').collection('subscriptions');
    await expect(other.insertOne({})).rejects.toThrow(/not authorized/);
    await expect(other.findOne({})).rejects.toThrow(/not authorized/);
  });
  await withClient(`mongodb://${address}/?replicaSet=rs0`, (client) =>
    expect(client.db('themeline_timeline').collection('events').findOne({})).rejects.toThrow(/requires authentication/),
  );
});

test('three of each by the files of the cluster: one set, and streams with three copies', async () => {
  const addresses = await servers.startNatsCluster();
  const { address, setUp } = await servers.startMongo(3);
  expect(await until(setUp)).toBe('the replica set and its users are ready\n');
  await withClient(`mongodb://ingest:${PASSWORD}@${address}/?replicaSet=rs0&authSource=admin`, async (client) => {
    const rows = client.db('themeline_ingest').collection('rows');
    await rows.insertOne({ at: 1 }, { writeConcern: { w: 3 } });
    const { hosts, primary } = await client.db('admin').command({ hello: 1 });
    expect([...(hosts as string[])].sort()).toEqual(address.split(',').sort());
    expect(hosts).toContain(primary);
  });
  const connection = await connectAs(addresses[0] ?? '', 'themeline', PASSWORD);
  const manager = await until(() => jetstreamManager(connection));
  const { config, cluster } = await until(() =>
    manager.streams.add({ name: 'THREEFOLD', subjects: ['threefold'], num_replicas: 3 }),
  );
  expect([config.num_replicas, cluster?.name, cluster?.replicas?.length]).toEqual([3, 'themeline', 2]);
  await connection.close();
}, 60_000);
