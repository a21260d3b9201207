import { SettingsError } from '@themeline/http';

export const MAIL_SETTINGS = Symbol('mail settings');

export interface MailSettings {
  /** `smtp://user:password@mail.example:587`; null: no mail is sent from here. */
  smtpUrl: string | null;
  /** `Themeline <alerts@example.org>` */
  from: string;
  /** Where the gateway is for those who read mail, without a slash at the end. */
  publicUrl: string;
  /** How long an address may think about it. */
  confirmDays: number;
}

/**
 * `SMTP_URL` (`smtp://…` or `smtps://…`), `SMTP_FROM`, and `PUBLIC_URL` (`https://themeline.example.org`) for the links in mails.
 * Throws a SettingsError when one is there without the others, or cannot be read.
 */
export function mailSettingsFromEnv(env: NodeJS.ProcessEnv): MailSettings {
  const publicUrl = env.PUBLIC_URL || 'http://127.0.0.1:8080';
  if (!/^https?:\/\/[^\s?#]+$/.test(publicUrl) || !URL.canParse(publicUrl)) {
    throw new SettingsError(`PUBLIC_URL: not an http or https address: '${publicUrl}'`);
  }
  const settings = { publicUrl: publicUrl.replace(/\/+$/, ''), confirmDays: 7 };
  const smtpUrl = env.SMTP_URL || null;
  if (smtpUrl === null) return { ...settings, smtpUrl, from: '' };
  // The address may hold a password: it is not repeated.
  if (!/^smtps?:\/\/\S+$/.test(smtpUrl)) throw new SettingsError('SMTP_URL: must begin with smtp:// or smtps://');
  const from = env.SMTP_FROM ?? '';
  if (!/^[^\r\n<>]*<[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/.test(from)) {
    throw new SettingsError(`SMTP_FROM: not a sender such as 'Themeline <alerts@example.org>': '${from}'`);
  }
  return { ...settings, smtpUrl, from };
}
