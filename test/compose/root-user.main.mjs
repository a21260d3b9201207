// What the official image of MongoDB does before its command when MONGO_INITDB_ROOT_USERNAME is set: makes the user by a server of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import mongoose from 'mongoose';

const [mongod, data, port] = process.argv.slice(2);
const { MONGO_INITDB_ROOT_USERNAME: user, MONGO_INITDB_ROOT_PASSWORD: pwd } = process.env;
const args = ['--dbpath', data, '--port', port, '--bind_ip', '127.0.0.1', '--nounixsocket'];
const server = spawn(mongod, args, { stdio: 'ignore' });
const client = new mongoose.mongo.MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`);
await client.db('admin').command({ createUser: user, pwd, roles: ['root'] });
await client.close();
server.kill('SIGTERM');
await once(server, 'exit');
