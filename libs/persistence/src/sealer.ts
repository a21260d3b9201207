import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const MARK = 'sealed:';
const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D 8.2: 96 bits, made at random. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Under IDENTITY_SECRET, which a service has before it starts. */
export const sealerFromEnv = (env: NodeJS.ProcessEnv): Sealer => new Sealer(env['IDENTITY_SECRET'] ?? '');

/**
 * Seals what must be stored and read again, yet must not be in anybody's copy of the database: AES-256-GCM under a key that is derived
 * (HKDF-SHA256) from the services' secret. `seal('whsec_…')` → `'sealed:q83v…'`, another text each time.
 */
export class Sealer {
  private readonly key: Buffer;

  /** `secret`: IDENTITY_SECRET. Under another one nothing that was sealed can be opened. */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'themeline stored secrets', 32));
  }

  /** What this has sealed stays as it is, so that it may be done twice; what only looks like it, because somebody chose it so, is sealed. */
  seal(text: string): string {
    if (this.isSealed(text)) return text;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.key, nonce);
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return MARK + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /**
   * What was sealed; a text that was not, because it was stored before there was sealing, as it is.
   *
   * @throws Error when it was sealed under another secret or has been changed
   */
  open(text: string): string {
    if (!text.startsWith(MARK)) return text;
    const bytes = Buffer.from(text.slice(MARK.length), 'base64url');
    const decipher = createDecipheriv(ALGORITHM, this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      throw new Error('a stored secret cannot be opened: IDENTITY_SECRET is not the one that it was sealed under');
    }
  }

  /** Seals all but scheme, host and port, by which it is still an address. `https://hooks.example/T0/x` → `https://hooks.example/sealed:q83v…` */
  sealAddress(address: string): string {
    const { origin, pathname } = new URL(address);
    return this.isSealed(pathname.slice(1)) ? address : `${origin}/${this.seal(address)}`;
  }

  private isSealed(text: string): boolean {
    if (!text.startsWith(MARK)) return false;
    try {
      this.open(text);
      return true;
    } catch {
      return false;
    }
  }

  /** @throws Error as `open` does */
  openAddress(address: string): string {
    const at = address.indexOf(`/${MARK}`);
    return at < 0 ? address : this.open(address.slice(at + 1));
  }
}
