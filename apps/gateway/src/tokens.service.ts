import { Injectable } from '@nestjs/common';
import type { Page, TokenIn, TokenOut } from '@themeline/contracts';
import { badRequest, conflict, notFound } from '@themeline/http';
import { randomInt } from 'node:crypto';
import { KeyAuthenticator } from './key.authenticator';
import { hashKey, makeKey } from './key.format';
import { type StoredToken, TOKEN_ID, TokensRepository } from './tokens.repository';

/** So that a list of them is one page. */
const MOST_TOKENS = 200;

/** Tokens for the address line: they read the timeline's exports and its stream, and nothing else. */
@Injectable()
export class TokensService {
  constructor(
    private readonly tokens: TokensRepository,
    private readonly authenticator: KeyAuthenticator,
  ) {}

  /** The only answer that has the token. */
  async make(owner: string, { name, expiresAt }: TokenIn): Promise<TokenOut> {
    const now = new Date();
    if (expiresAt !== undefined && new Date(expiresAt) <= now) {
      const message = `must be in the future, and is ${expiresAt}`;
      throw badRequest(`expiresAt ${message}`, [{ path: 'expiresAt', message }]);
    }
    if ((await this.tokens.countOf(owner)) >= MOST_TOKENS) {
      throw conflict(`'${owner}' has ${String(MOST_TOKENS)} tokens already: revoke one first`);
    }
    for (;;) {
      const { key, prefix } = makeKey(randomInt);
      const token: StoredToken = {
        _id: `${TOKEN_ID}${prefix}`,
        name,
        owner,
        hash: hashKey(key),
        createdAt: now,
        expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
        lastUsedAt: null,
      };
      // Two with the same 8 characters are possible, if hardly: the second gets others.
      if (await this.tokens.insertOnce(token)) return { ...present(token), token: key };
    }
  }

  async list(owner: string): Promise<Page<TokenOut>> {
    return { items: (await this.tokens.listOf(owner)).map(present), nextCursor: null };
  }

  /** Takes effect here at once, and on other gateways when their look-ups expire. */
  async revoke(owner: string, id: string): Promise<void> {
    if (!(await this.tokens.removeOf(owner, id))) throw notFound(`no such token: '${id}'`);
    this.authenticator.forget(id);
  }
}

function present(token: StoredToken): TokenOut {
  return {
    id: token._id,
    name: token.name,
    owner: token.owner,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  };
}
