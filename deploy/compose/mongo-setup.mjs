// Makes the replica set and the services' users, each with rights on its own database alone, and timeline's on the one that a
// rebuild writes. Run again it changes nothing
// but the passwords. Ends when the set has a primary and the users are there.
import mongoose from 'mongoose';

const { MONGO_PASSWORD: password, MONGO_ADDRESS: address = 'mongo:27017' } = process.env;
const SERVICES = ['ingest', 'timeline', 'alerts', 'gateway'];
const NOT_YET_INITIALIZED = 94;
const USER_NOT_FOUND = 11;

const client = new mongoose.mongo.MongoClient(`mongodb://${address}/?directConnection=true`, {
  auth: { username: 'root', password },
  authSource: 'admin',
});
const admin = client.db('admin');

try {
  await admin.command({ replSetGetStatus: 1 }).catch(async (error) => {
    if (error.code !== NOT_YET_INITIALIZED) throw error;
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: address }] } });
  });
  while (!(await admin.command({ hello: 1 })).isWritablePrimary) await new Promise((done) => setTimeout(done, 100));
  for (const service of SERVICES) {
    const databases = [`themeline_${service}`, ...(service === 'timeline' ? ['themeline_timeline_rebuilt'] : [])];
    const roles = databases.flatMap((db) => ['readWrite', 'dbAdmin'].map((role) => ({ role, db })));
    await admin.command({ updateUser: service, pwd: password, roles }).catch(async (error) => {
      if (error.code !== USER_NOT_FOUND) throw error;
      await admin.command({ createUser: service, pwd: password, roles });
    });
  }
  console.log('the replica set and its users are ready');
} catch (error) {
  console.error(`the replica set cannot be set up: ${error.message}`);
  process.exitCode = 1;
} finally {
  await client.close();
}
