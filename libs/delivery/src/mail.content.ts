import { cleanLine } from './clean.text';
import { type DigestGroup, type DigestItem, layOut, type Telling } from './digest.layout';
import { Html, html } from './html.template';

/** A mail's subject and its two forms. */
export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

const SUBJECT_LENGTH = 150;

/** Alerts of a subscription, one or many. `unsubscribeUrl` leads to the page that asks. */
export function mailOfAlerts(subscription: string, tellings: readonly Telling[], unsubscribeUrl: string): MailContent {
  const name = cleanLine(subscription, 200);
  const groups = layOut(tellings);
  const [first] = groups;
  const [only] = first?.items ?? [];
  const subject =
    tellings.length === 1 && only !== undefined
      ? `${only.label}: ${only.headline}`
      : `${String(tellings.length)} developments: ${name}`;
  const footer = `You get this because this address agreed to the subscription "${name}".`;
  return {
    subject: cleanLine(subject, SUBJECT_LENGTH),
    text: [...groups.flatMap((group) => textOfGroup(group)), '-- ', footer, `Unsubscribe: ${unsubscribeUrl}`, ''].join(
      '\n',
    ),
    html: page(
      subject,
      html`${groups.map(htmlOfGroup)}
        <p style="color:#666;font-size:12px;border-top:1px solid #ddd;padding-top:8px">
          ${footer} <a href="${unsubscribeUrl}">Unsubscribe</a>
        </p>`,
    ),
  };
}

/** Asks an address whether it wants what somebody subscribed it to. */
export function mailOfConfirmation(subscription: string, confirmUrl: string, days: number): MailContent {
  const name = cleanLine(subscription, 200);
  const asks = `Somebody, hopefully you, wants alerts of the subscription "${name}" to be sent to this address.`;
  const otherwise = `The link is good for ${String(days)} days. If it was not you, do nothing: no more will come.`;
  return {
    subject: cleanLine(`Please confirm: alerts of ${name}`, SUBJECT_LENGTH),
    text: [asks, '', `To agree, open ${confirmUrl}`, '', otherwise, ''].join('\n'),
    html: page(
      'Please confirm',
      html`<p>${asks}</p>
        <p><a href="${confirmUrl}">Yes, send them to me</a></p>
        <p>${otherwise}</p>`,
    ),
  };
}

/** Something to know about the subscription itself. */
export function mailOfNotice(subscription: string, notice: string, unsubscribeUrl: string): MailContent {
  const name = cleanLine(subscription, 200);
  const line = cleanLine(notice, 1_000);
  return {
    subject: cleanLine(`About the subscription ${name}`, SUBJECT_LENGTH),
    text: [line, '', '-- ', `Unsubscribe: ${unsubscribeUrl}`, ''].join('\n'),
    html: page(
      'About your subscription',
      html`<p>${line}</p>
        <p style="color:#666;font-size:12px"><a href="${unsubscribeUrl}">Unsubscribe</a></p>`,
    ),
  };
}

function textOfGroup({ theme, items }: DigestGroup): string[] {
  return [...(theme === null ? [] : [theme.toUpperCase(), '']), ...items.flatMap(textOfItem)];
}

function textOfItem(item: DigestItem): string[] {
  return [
    `${item.label}: ${item.headline}`,
    `  ${item.date}`,
    ...(item.summary === null ? [] : [`  ${item.summary}`]),
    ...item.sources.map(({ name, url }) => `  ${name}${url === null ? '' : `: ${url}`}`),
    ...(item.moreSources === 0 ? [] : [`  and ${String(item.moreSources)} more`]),
    ...(item.why === '' ? [] : [`  matched by ${item.why}`]),
    '',
  ];
}

function htmlOfGroup({ theme, items }: DigestGroup): Html {
  return html`${theme === null ? null : html`<h2 style="font-size:16px;margin:20px 0 4px">${theme}</h2>`}${items.map(
    htmlOfItem,
  )}`;
}

function htmlOfItem(item: DigestItem): Html {
  const sources = item.sources.map(({ name, url }, index) => {
    const linked = url === null ? html`${name}` : html`<a href="${url}">${name}</a>`;
    return html`${index === 0 ? null : ', '}${linked}`;
  });
  const more = item.moreSources === 0 ? null : ` and ${String(item.moreSources)} more`;
  const headline = item.retracted ? html`<s>${item.headline}</s>` : html`${item.headline}`;
  return html`<div style="margin:0 0 16px">
    <div><b>${item.label}:</b> ${headline}</div>
    <div style="color:#444">${item.date}</div>
    ${item.summary === null ? null : html`<div>${item.summary}</div>`}
    <div>${sources}${more}</div>
    ${item.why === '' ? null : html`<div style="color:#888;font-size:12px">matched by ${item.why}</div>`}
  </div>`;
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${cleanLine(title, SUBJECT_LENGTH)}</title>
      </head>
      <body style="font-family:sans-serif;font-size:14px;line-height:1.45;max-width:640px;margin:0 auto;padding:12px">
        ${body}
      </body>
    </html>`.text;
}
