// Makes the replica set of the members in MONGO_ADDRESS (`mongo-0:27017,mongo-1:27017`; the first has the root user) and the services'
// users, each with rights on its own database alone, and timeline's on the one that a rebuild writes. Run again it changes nothing
// but the passwords. Ends when the set has a primary and the users are there.
import mongoose from 'mongoose';

const { MONGO_PASSWORD: password, MONGO_ADDRESS: addresses = 'mongo:27017' } = process.env;
const SERVICES = ['ingest', 'timeline', 'alerts', 'gateway'];
const NOT_YET_INITIALIZED = 94;
const USER_NOT_FOUND = 11;

const hosts = addresses.split(',');
const connectTo = (host, options) =>
  new mongoose.mongo.MongoClient(`mongodb://${host}/?${options}`, {
    auth: { username: 'root', password },
    authSource: 'admin',
  });

const first = connectTo(hosts[0], 'directConnection=true');
const set = connectTo(addresses, 'replicaSet=rs0');
try {
  await first
    .db('admin')
    .command({ replSetGetStatus: 1 })
    .catch(async (error) => {
      if (error.code !== NOT_YET_INITIALIZED) throw error;
      const members = hosts.map((host, _id) => ({ _id, host }));
      await first.db('admin').command({ replSetInitiate: { _id: 'rs0', members } });
    });
  // Whoever was elected: the client finds the primary, and waits until there is one.
  const admin = set.db('admin');
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
  await first.close();
  await set.close();
}
