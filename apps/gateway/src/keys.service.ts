import { Injectable } from '@nestjs/common';
import type { KeyIn, KeyOut, Page } from '@themeline/contracts';
import { badRequest, conflict, decodeCursor, encodeCursor, notFound } from '@themeline/http';
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { hashKey, makeKey } from './key.format';
import { KeyAuthenticator } from './key.authenticator';
import { KeysRepository, type PlaceInList, type StoredKey } from './keys.repository';

const placeInList: z.ZodType<PlaceInList> = z.object({ createdAt: z.iso.datetime(), id: z.string() });

@Injectable()
export class KeysService {
  constructor(
    private readonly keys: KeysRepository,
    private readonly authenticator: KeyAuthenticator,
  ) {}

  /** The only answer that has the secret. */
  async make({ name, owner, scopes, expiresAt }: KeyIn): Promise<KeyOut> {
    const now = new Date();
    if (expiresAt !== undefined && new Date(expiresAt) <= now) {
      const message = `must be in the future, and is ${expiresAt}`;
      throw badRequest(`expiresAt ${message}`, [{ path: 'expiresAt', message }]);
    }
    const { key, prefix } = makeKey(randomInt);
    const stored: StoredKey = {
      _id: `key_${prefix}`,
      name,
      owner,
      scopes: [...new Set(scopes)],
      prefix,
      hash: hashKey(key),
      createdAt: now,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
      lastUsedAt: null,
    };
    // Two keys with the same 8 characters are possible, if hardly: the second gets others.
    if (!(await this.keys.insertOnce(stored))) {
      return this.make({ name, owner, scopes, ...(expiresAt === undefined ? {} : { expiresAt }) });
    }
    return { ...present(stored), secret: key };
  }

  async list(limit: number, cursor: string | undefined): Promise<Page<KeyOut>> {
    const rows = await this.keys.list(limit + 1, cursor === undefined ? null : decodeCursor(cursor, placeInList));
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(present),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor({ createdAt: last.createdAt.toISOString(), id: last._id } satisfies PlaceInList)
          : null,
    };
  }

  async read(id: string): Promise<KeyOut> {
    const key = await this.keys.find(id);
    if (key === null) throw notFound(`no such key: '${id}'`);
    return present(key);
  }

  /** Takes effect here at once, and on other gateways when their look-ups expire. */
  async revoke(id: string): Promise<void> {
    const key = await this.keys.find(id);
    if (key === null) throw notFound(`no such key: '${id}'`);
    if (key.scopes.includes('admin') && !(await this.keys.hasAdminKey(new Date(), id))) {
      throw conflict(`'${id}' is the last key with the scope 'admin': make another one first`);
    }
    await this.keys.remove(id);
    this.authenticator.forget(id);
  }
}

function present(key: StoredKey): KeyOut {
  return {
    id: key._id,
    name: key.name,
    owner: key.owner,
    scopes: key.scopes,
    prefix: key.prefix,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  };
}
