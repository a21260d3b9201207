import * as fc from 'fast-check';
import iconv from 'iconv-lite';
import { readFeed } from './feed.reader';
import { NotAFeed } from './feed.types';

interface Told {
  id: string;
  title: string;
  link: string;
  published: Date;
}

/** How a publisher's program writes, whatever it tells. */
interface Manner {
  format: 'rss' | 'rdf' | 'atom' | 'atom03' | 'json';
  /** Of the elements of another vocabulary. */
  prefix: string;
  text: 'escaped' | 'cdata' | 'references';
  date: (instant: Date) => string;
  dateElement: 'own' | 'dublin';
  charset: string;
  charsetBy: 'header' | 'declaration' | 'mark';
  upper: boolean;
  order: boolean;
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
/** The clock of a place so many minutes east of Greenwich. */
const shifted = (instant: Date, minutes: number): string =>
  new Date(instant.getTime() + minutes * 60_000).toISOString().slice(0, 19);
const offset = (minutes: number, colon: string): string =>
  `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}${colon}${pad(Math.abs(minutes) % 60)}`;

const iso = (minutes: number, separator: string, colon: string) => (instant: Date) =>
  `${shifted(instant, minutes).replace('T', separator)}${offset(minutes, colon)}`;
const mail = (minutes: number, zone: string, years: 2 | 4) => (instant: Date) => {
  const [weekday, day, month, year, clock] = new Date(instant.getTime() + minutes * 60_000).toUTCString().split(' ');
  return `${weekday ?? ''} ${day ?? ''} ${month ?? ''} ${years === 2 ? (year ?? '').slice(2) : (year ?? '')} ${clock ?? ''} ${zone}`;
};
const words = (locale: string) => (instant: Date) =>
  `${new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(instant)} ${instant.toISOString().slice(11, 19)}`;

const date = fc.oneof(
  fc
    .record({
      quarters: fc.integer({ min: -48, max: 56 }),
      separator: fc.constantFrom('T', ' '),
      colon: fc.constantFrom(':', ''),
    })
    .map(({ quarters, separator, colon }) => iso(quarters * 15, separator, colon)),
  fc
    .record({ quarters: fc.integer({ min: -48, max: 56 }), years: fc.constantFrom<(2 | 4)[]>(2, 4) })
    .map(({ quarters, years }) => mail(quarters * 15, offset(quarters * 15, ''), years)),
  fc
    .constantFrom<[number, string][]>(
      [0, 'GMT'],
      [0, 'UT'],
      [0, 'Z'],
      [-300, 'EST'],
      [-420, 'PDT'],
      [60, 'CET'],
      [120, 'CEST'],
      [540, 'JST'],
      [120, 'GMT+2'],
      [-210, 'UTC-03:30'],
    )
    .map(([minutes, zone]) => mail(minutes, zone, 4)),
  fc.constantFrom('en-US', 'en-GB', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'pl', 'cs', 'ru', 'tr', 'el').map(words),
  fc.constant((instant: Date) => String(Math.floor(instant.getTime() / 1_000))),
  fc.constant((instant: Date) =>
    instant.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 $4'),
  ),
);

const CHARSETS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'koi8-r', 'iso-8859-5', 'gb18030'];
const manner: fc.Arbitrary<Manner> = fc
  .record({
    format: fc.constantFrom<Manner['format'][]>('rss', 'rdf', 'atom', 'atom03', 'json'),
    prefix: fc.constantFrom('dc', 'd', 'x-1', 'ns0', 'Ω'),
    text: fc.constantFrom<Manner['text'][]>('escaped', 'cdata', 'references'),
    date,
    dateElement: fc.constantFrom<Manner['dateElement'][]>('own', 'dublin'),
    charset: fc.constantFrom(...CHARSETS),
    charsetBy: fc.constantFrom<Manner['charsetBy'][]>('header', 'declaration', 'mark'),
    upper: fc.boolean(),
    order: fc.boolean(),
  })
  // Only these have marks, only JSON is always UTF, and a name in Greek letters is none in Russian bytes.
  .map((one) => ({
    ...one,
    charset:
      one.charsetBy === 'mark' || one.format === 'json'
        ? one.charset.startsWith('utf')
          ? one.charset
          : 'utf-8'
        : one.charset,
    prefix: one.charset.startsWith('utf') ? one.prefix : one.prefix.replace('Ω', 'o'),
  }));

const LETTERS = [...'abcxyz09 &<>"\'ДЖящ.,;:!?'];
const told: fc.Arbitrary<Told> = fc.record({
  id: fc.integer({ min: 1, max: 1e9 }).map((number) => `tag:x.example,2004:${String(number)}`),
  title: fc
    .array(fc.constantFrom(...LETTERS), { minLength: 1, maxLength: 40 })
    .map((letters) => letters.join('').replace(/\s+/g, ' ').trim())
    .filter((title) => title !== ''),
  link: fc.integer({ min: 1, max: 1e9 }).map((number) => `http://x.example/p?a=${String(number)}&b=2`),
  published: fc
    .integer({ min: Date.UTC(2001, 9, 1) / 1_000, max: Date.UTC(2037, 11, 31) / 1_000 })
    .map((seconds) => new Date(seconds * 1_000)),
});

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const references = (text: string): string =>
  [...text]
    .map((sign, at) =>
      /\w/.test(sign)
        ? sign
        : at % 2 === 0
          ? `&#${String(sign.codePointAt(0))};`
          : `&#x${(sign.codePointAt(0) ?? 0).toString(16)};`,
    )
    .join('');

function write(items: readonly Told[], how: Manner): string {
  if (how.format === 'json') {
    return JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'T',
      items: items.map(({ id, title, link, published }) => ({
        id,
        title,
        url: link,
        date_published: how.date(published),
      })),
    });
  }
  const said = { escaped, cdata: (text: string) => `<![CDATA[${text}]]>`, references }[how.text];
  // Titles are HTML where the format does not say otherwise.
  const isHtml = how.format === 'rss' || how.format === 'rdf';
  const dublin = (instant: Date): string => `<${how.prefix}:date>${said(how.date(instant))}</${how.prefix}:date>`;
  const name = (of: string): string => (how.upper ? of.toUpperCase() : of);
  const element = (of: string, text: string): string => `<${name(of)}>${said(text)}</${name(of)}>`;
  const title = ({ title: text }: Told): string => element('title', isHtml ? escaped(text) : text);
  const inOrder = (parts: string[]): string => (how.order ? parts : parts.toReversed()).join('\n');
  const dc = `xmlns:${how.prefix}="http://purl.org/dc/elements/1.1/"`;
  const declaration =
    how.charsetBy === 'declaration'
      ? `<?xml version="1.0" encoding="${how.charset.replace(/(?:le|be)$/, '')}"?>`
      : '<?xml version="1.0"?>';
  const own = (of: string, instant: Date): string =>
    how.dateElement === 'dublin' ? dublin(instant) : element(of, how.date(instant));
  switch (how.format) {
    case 'rss': {
      const rows = items.map(
        (one) =>
          `<${name('item')}>${inOrder([title(one), element('link', one.link), element('guid', one.id), own('pubDate', one.published)])}</${name('item')}>`,
      );
      return `${declaration}<${name('rss')} version="2.0" ${dc}><${name('channel')}><${name('title')}>T</${name('title')}>${rows.join('')}</${name('channel')}></${name('rss')}>`;
    }
    case 'rdf': {
      const rows = items.map(
        (one) =>
          `<item rdf:about="${one.id}">${inOrder([title({ ...one }), element('link', one.link), dublin(one.published)])}</item>`,
      );
      return `${declaration}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${dc}><channel rdf:about="c"><title>T</title></channel>${rows.join('')}</rdf:RDF>`;
    }
    case 'atom':
    case 'atom03': {
      const rows = items.map(
        (one) =>
          `<entry>${inOrder([title(one), `<link rel="alternate" href="${escaped(one.link)}"/>`, element('id', one.id), own(how.format === 'atom' ? 'published' : 'issued', one.published)])}</entry>`,
      );
      const space =
        how.format === 'atom'
          ? 'xmlns="http://www.w3.org/2005/Atom"'
          : 'version="0.3" xmlns="http://purl.org/atom/ns#"';
      return `${declaration}<feed ${space} ${dc}><title>T</title>${rows.join('')}</feed>`;
    }
  }
}

function served(items: readonly Told[], how: Manner) {
  const text = write(items, how);
  const bytes = iconv.encode(text, how.charset, { addBOM: how.charsetBy === 'mark' });
  return {
    bytes,
    contentType: how.charsetBy === 'header' ? `application/xml; charset=${how.charset}` : 'text/plain',
    url: 'http://x.example/feed',
  };
}

test('whatever the format, the charset, the escaping and the form of dates, a well-formed feed is read as it was meant, without a flaw', () => {
  fc.assert(
    fc.property(fc.array(told, { minLength: 1, maxLength: 4 }), manner, (items, how) => {
      const sent = served(items, how);
      // Turkish months are not written in Russian bytes.
      fc.pre(iconv.decode(sent.bytes, how.charset) === write(items, how));
      const feed = readFeed(sent);
      expect(feed.items.map(({ id, title, link, publishedAt }) => ({ id, title, link, publishedAt }))).toEqual(
        items.map(({ published, ...one }) => ({ ...one, publishedAt: `${published.toISOString().slice(0, 19)}Z` })),
      );
      expect(feed.flaws).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

test('what was sent before a feed broke off is read', () => {
  fc.assert(
    fc.property(
      fc.array(told, { minLength: 2, maxLength: 4 }),
      manner,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (items, how, share) => {
        const whole = served(items, {
          ...how,
          charset: 'utf-8',
          format: how.format === 'json' ? 'rss' : how.format,
          upper: false,
        });
        const text = whole.bytes.toString();
        const end = how.format === 'atom' || how.format === 'atom03' ? '</entry>' : '</item>';
        const first = text.indexOf(end) + end.length;
        const cut = first + Math.floor(share * (text.length - first));
        const feed = readFeed({ ...whole, bytes: Buffer.from(text.slice(0, cut)) });
        expect(feed.items[0]).toMatchObject({ id: items[0]?.id, title: items[0]?.title, link: items[0]?.link });
      },
    ),
    { numRuns: 150 },
  );
});

test('bytes of any kind, and feeds with any damage, are read or refused, never anything else', () => {
  const damage = fc.array(
    fc.record({ at: fc.nat(), kind: fc.constantFrom('drop', 'put', 'twice'), bytes: fc.uint8Array({ maxLength: 6 }) }),
    { maxLength: 8 },
  );
  const broken = fc.tuple(fc.array(told, { maxLength: 3 }), manner, damage).map(([items, how, slips]) => {
    let { bytes } = served(items, how);
    for (const { at, kind, bytes: put } of slips) {
      const place = at % (bytes.length + 1);
      const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
      if (kind === 'drop') bytes = Buffer.concat([before, after.subarray(put.length)]);
      else if (kind === 'put') bytes = Buffer.concat([before, put, after]);
      else bytes = Buffer.concat([before, bytes]);
    }
    return bytes;
  });
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.option(fc.constantFrom('text/xml', 'text/xml; charset=utf-16', 'application/json'), { nil: null }),
      (bytes, contentType) => {
        try {
          const feed = readFeed({ bytes, contentType, url: null });
          for (const { publishedAt } of feed.items)
            if (publishedAt !== null) expect(publishedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        } catch (error) {
          expect(error).toBeInstanceOf(NotAFeed);
        }
      },
    ),
    { numRuns: 400 },
  );
});
