import { mongo } from 'mongoose';
test('x', async () => {
  const c = new mongo.MongoClient(process.env.TEST_MONGODB_URI!);
  await c.connect();
  const s = c.startSession();
  await s.withTransaction(async () => {
    await c.db('a').collection('b').insertOne({ a: 1 }, { session: s });
  });
  await s.endSession();
  await c.close();
  if (process.env.HANG) await new Promise((r) => setTimeout(r, 60000));
});
