import { Controller, Get, Header, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiExcludeController } from '@nestjs/swagger';
import { html, type Html } from '@themeline/delivery';
import { Open } from '@themeline/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type LinkStanding, MailService } from './mail.service';

/** The type of a one-click POST is for the mail program to choose, and says nothing that the address does not. */
const UnreadBody = () => RouteConfig({ rawBody: true });
const HTML = 'text/html; charset=utf-8';

/**
 * Pages for those who follow a link of a mail. Each link opens a page that asks: programs that look through mail open links
 * too, and must neither agree nor leave for anybody.
 */
@ApiExcludeController()
@Controller('v1/open/mail/:channelId')
@Open()
export class MailController {
  constructor(private readonly mail: MailService) {}

  @Get('confirm/:token')
  @Header('content-type', HTML)
  async askToConfirm(
    @Param('channelId') channelId: string,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const standing = await this.mail.look(channelId, 'confirm', token);
    if (standing.state !== 'good') return failed(reply, standing);
    if (standing.channel.state !== 'unconfirmed')
      return page('Confirmed', html`<p>This address has agreed already.</p>`);
    const { name } = standing.subscription;
    return page(
      'Please confirm',
      html`<p>Shall alerts of the subscription <b>${name}</b> be sent to you?</p>
        ${button('Yes, send them to me')}`,
    );
  }

  @Post('confirm/:token')
  @HttpCode(200)
  @Header('content-type', HTML)
  @UnreadBody()
  async confirm(
    @Req() request: FastifyRequest,
    @Param('channelId') channelId: string,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    request.raw.resume();
    const standing = await this.mail.confirm(channelId, token);
    if (standing.state !== 'good') return failed(reply, standing);
    return page(
      'Confirmed',
      html`<p>Alerts of the subscription <b>${standing.subscription.name}</b> will come to you.</p>`,
    );
  }

  @Get('unsubscribe/:token')
  @Header('content-type', HTML)
  async askToUnsubscribe(
    @Param('channelId') channelId: string,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const standing = await this.mail.look(channelId, 'unsubscribe', token);
    if (standing.state === 'gone') return LEFT;
    if (standing.state !== 'good') return failed(reply, standing);
    const { name } = standing.subscription;
    return page(
      'Unsubscribe',
      html`<p>Shall no more alerts of the subscription <b>${name}</b> be sent to you?</p>
        ${button('Unsubscribe')}`,
    );
  }

  /** RFC 8058: also what a mail program's own button calls, without a login and without a page before it. */
  @Post('unsubscribe/:token')
  @HttpCode(200)
  @Header('content-type', HTML)
  @UnreadBody()
  async unsubscribe(
    @Req() request: FastifyRequest,
    @Param('channelId') channelId: string,
    @Param('token') token: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    request.raw.resume();
    const standing = await this.mail.unsubscribe(channelId, token);
    // A second click, or a subscription that its owner has removed: what was asked for is so.
    return standing.state === 'good' || standing.state === 'gone' ? LEFT : failed(reply, standing);
  }
}

const button = (label: string): Html =>
  html`<form method="post">
    <input type="hidden" name="List-Unsubscribe" value="One-Click" /><button>${label}</button>
  </form>`;

function failed(reply: FastifyReply, { state }: Exclude<LinkStanding, { state: 'good' }>): string {
  void reply.status(state === 'forged' ? 403 : 410);
  switch (state) {
    case 'expired':
      return page('Too late', html`<p>This link is no longer good. Whoever subscribed you can have another sent.</p>`);
    case 'gone':
      return page('Gone', html`<p>There is no such subscription any more.</p>`);
    case 'forged':
      return page('Not a good link', html`<p>This link is not one of ours, or not all of it.</p>`);
  }
}

function page(title: string, body: Html): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
      </head>
      <body>
        <h1>${title}</h1>
        ${body}
      </body>
    </html>`.text;
}

const LEFT = page('Unsubscribed', html`<p>No more alerts will be sent to this address.</p>`);
