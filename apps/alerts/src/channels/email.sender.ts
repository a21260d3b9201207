import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import {
  cleanLine,
  type MailContent,
  mailOfAlerts,
  mailOfConfirmation,
  mailOfNotice,
  type Verdict,
} from '@themeline/delivery';
import { createTransport, type Transporter } from 'nodemailer';
import type { EmailChannel } from '../alerts.collections';
import { DELIVERY_SETTINGS, type DeliverySettings } from '../deliveries/delivery.settings';
import type { ChannelSender, Message, Outcome } from './channel.sender';
import { confirmLink, unsubscribeLink } from './mail.links';
import { MAIL_SETTINGS, type MailSettings } from './mail.settings';
import { noticeText, tellingsOf } from './message.words';

/** Mails by the operator's SMTP server, whose word on an address is what can be known of it. */
@Injectable()
export class EmailSender implements ChannelSender<EmailChannel>, OnModuleDestroy {
  private transport: Transporter | null = null;

  constructor(
    @Inject(MAIL_SETTINGS) private readonly mail: MailSettings,
    @Inject(DELIVERY_SETTINGS) private readonly settings: DeliverySettings,
  ) {}

  onModuleDestroy(): void {
    this.transport?.close();
  }

  async send(message: Message, channel: EmailChannel): Promise<Outcome> {
    const at = new Date();
    const started = performance.now();
    const outcome = (status: number | null, error: string | null, words: string | null, verdict: Verdict): Outcome => ({
      at,
      latencyMs: Math.round(performance.now() - started),
      status,
      error,
      responseExcerpt: words === null ? null : cleanLine(words, 500),
      retryAfter: null,
      verdict,
    });
    if (this.mail.smtpUrl === null)
      return outcome(null, 'no mail is sent from here: SMTP_URL is not set', null, 'retry');
    if (channel.address === null) return outcome(null, 'the address is no longer known', null, 'refused');
    try {
      const { response } = await this.post(this.mail.smtpUrl, message, channel, channel.address);
      return outcome(statusOf(response) ?? 250, null, response, 'delivered');
    } catch (error) {
      const { code, command, responseCode, response, message: words } = error as SmtpFailure;
      const status = responseCode ?? null;
      return outcome(
        status,
        `${code ?? 'smtp'}: ${cleanLine(words, 300)}`,
        response ?? null,
        verdictOf(status, command),
      );
    }
  }

  private async post(
    smtpUrl: string,
    message: Message,
    channel: EmailChannel,
    address: string,
  ): Promise<{ response: string }> {
    const unsubscribe = unsubscribeLink(this.mail, channel, address);
    const asked = message.content.purpose === 'confirmation';
    const { subject, text, html } = this.write(message, channel, address, unsubscribe);
    this.transport ??= createTransport({
      url: smtpUrl,
      pool: true,
      maxConnections: Math.max(1, Math.min(5, this.settings.perHost)),
      connectionTimeout: this.settings.timeoutMs,
      greetingTimeout: this.settings.timeoutMs,
      socketTimeout: this.settings.timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return (await this.transport.sendMail({
      from: this.mail.from,
      // As an object, so that nothing in it is read as a list of addresses; the envelope follows from it.
      to: { name: '', address },
      subject,
      text,
      html,
      // The same at every attempt: mail programs show a repetition once.
      messageId: `<${message.id}@${domainOf(this.mail.from)}>`,
      date: message.at,
      headers: {
        'Auto-Submitted': 'auto-generated',
        // RFC 8058: with both of them a mail program offers a button that needs no page.
        ...(asked ? {} : { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
      },
      ...(asked ? {} : { list: { unsubscribe: { url: unsubscribe } } }),
    })) as { response: string };
  }

  private write(
    { content, subscription: { name }, at }: Message,
    channel: EmailChannel,
    address: string,
    unsubscribe: string,
  ): MailContent {
    switch (content.purpose) {
      case 'alerts':
        return mailOfAlerts(name, tellingsOf(content), unsubscribe);
      case 'confirmation':
        return mailOfConfirmation(name, confirmLink(this.mail, channel, address, at), this.mail.confirmDays);
      case 'notice':
      case 'test':
        return mailOfNotice(name, noticeText(content), unsubscribe);
    }
  }
}

/** What nodemailer throws. */
interface SmtpFailure extends Error {
  code?: string;
  /** What the server was answering: `RCPT TO` */
  command?: string;
  responseCode?: number;
  response?: string;
}

/**
 * A 5xx on the recipient or on the mail itself says that it will never be taken; on anything else (sender, login) it speaks of
 * the operator's set-up, which may be mended.
 */
function verdictOf(status: number | null, command: string | undefined): Verdict {
  const ofThisMail = command === 'RCPT TO' || command === 'DATA';
  return status !== null && status >= 500 && ofThisMail ? 'refused' : 'retry';
}

const statusOf = (response: string): number | null => Number(/^\d{3}/.exec(response)?.[0] ?? NaN) || null;

const domainOf = (from: string): string => /@([^\s<>@]+)>?$/.exec(from)?.[1] ?? 'themeline.invalid';
