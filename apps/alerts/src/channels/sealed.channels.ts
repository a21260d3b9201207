import { Sealer } from '@themeline/persistence';
import { type ChannelDocument, isSent } from '../alerts.collections';

/** Channels as they are stored: no secret can be read, nor an address by which whoever knows it may post. */
export function sealChannels(sealer: Sealer, channels: readonly ChannelDocument[]): ChannelDocument[] {
  return channels.map((channel) =>
    mapSecrets(
      channel,
      (text) => sealer.seal(text),
      (url) => sealer.sealAddress(url),
    ),
  );
}

/** Channels as they are used. Throws an Error under another secret than the one that they were sealed under. */
export function openChannels(sealer: Sealer, channels: readonly ChannelDocument[]): ChannelDocument[] {
  return channels.map((channel) =>
    mapSecrets(
      channel,
      (text) => sealer.open(text),
      (url) => sealer.openAddress(url),
    ),
  );
}

function mapSecrets(
  channel: ChannelDocument,
  text: (text: string) => string,
  address: (url: string) => string,
): ChannelDocument {
  if (!isSent(channel)) return channel;
  switch (channel.type) {
    case 'webhook':
      return {
        ...channel,
        url: address(channel.url),
        headers: channel.headers.map(({ name, value }) => ({ name, value: text(value) })),
        secrets: channel.secrets.map(text),
      };
    case 'email':
      return { ...channel, linkSecret: text(channel.linkSecret) };
    case 'slack':
    case 'discord':
      return { ...channel, url: address(channel.url) };
  }
}
