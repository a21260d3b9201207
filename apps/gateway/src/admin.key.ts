import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SettingsError } from '@themeline/http';
import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { GATEWAY_SETTINGS, type GatewaySettings } from './gateway.settings';
import { hashKey, makeKey, mayBeKey } from './key.format';
import { KeysRepository, type StoredKey } from './keys.repository';

/** The key of ADMIN_KEY: always the one that is given now, never one that was given before. */
const GIVEN_ID = 'key_given';
const FIRST_ID = 'key_first';

/** Sees to it that someone can make keys. */
@Injectable()
export class AdminKey implements OnModuleInit {
  private readonly logger = new Logger(AdminKey.name);

  constructor(
    private readonly keys: KeysRepository,
    @Inject(GATEWAY_SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  async onModuleInit(): Promise<void> {
    const { adminKey, adminKeyFile } = this.settings;
    await this.registerGiven(adminKey);
    if (await this.keys.hasAdminKey(new Date())) return;
    if (adminKeyFile === undefined) {
      throw new SettingsError(
        'ADMIN_KEY_FILE is not set and there is no admin key yet: name a file to write the first one to, or give ADMIN_KEY',
      );
    }
    await this.keys.insertOnce(adminDocument(FIRST_ID, 'first admin key', await this.firstKey(adminKeyFile)));
  }

  private async registerGiven(key: string | undefined): Promise<void> {
    const known = await this.keys.find(GIVEN_ID);
    if (known?.hash === (key === undefined ? undefined : hashKey(key))) return;
    await this.keys.remove(GIVEN_ID);
    if (key === undefined) return;
    if (!(await this.keys.insertOnce(adminDocument(GIVEN_ID, 'ADMIN_KEY', key)))) {
      this.logger.warn('ADMIN_KEY is a key that exists already; it keeps its scopes');
    }
  }

  /** The file is written before the key is registered: after a crash between the two, the next start reads it. */
  private async firstKey(file: string): Promise<string> {
    const { key } = makeKey(randomInt);
    try {
      await writeFile(file, `${key}\n`, { mode: 0o600, flag: 'wx' });
      this.logger.log(`the first admin key was made and written to ${file}`);
      return key;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const written = (await readFile(file, 'utf8')).trim();
    if (written === '' || !mayBeKey(written)) {
      throw new SettingsError(`ADMIN_KEY_FILE=${file} holds no key: remove it to have a new one made`);
    }
    this.logger.log(`the admin key in ${file} was registered`);
    return written;
  }
}

function adminDocument(id: string, name: string, key: string): StoredKey {
  return {
    _id: id,
    name,
    owner: 'admin',
    scopes: ['admin'],
    prefix: /^tl_([0-9A-Za-z]+)_/.exec(key)?.[1] ?? '',
    hash: hashKey(key),
    createdAt: new Date(),
    expiresAt: null,
    lastUsedAt: null,
  };
}
