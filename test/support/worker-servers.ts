/** Names the mongod and the nats-server of this jest worker to its tests, in `TEST_MONGODB_URI` and `TEST_NATS_URL`. */
const servers = JSON.parse(process.env.TEST_SERVERS ?? '[]') as { mongoUri: string; natsUrl: string }[];
const own = servers[Number(process.env.JEST_WORKER_ID ?? 1) - 1];
if (own === undefined) throw new Error(`no servers were started for worker ${String(process.env.JEST_WORKER_ID)}`);
process.env.TEST_MONGODB_URI = own.mongoUri;
process.env.TEST_NATS_URL = own.natsUrl;

export {};
