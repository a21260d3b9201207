import iconv from 'iconv-lite';
import { discoverFeeds } from './feed.discovery';
import { readFeed } from './feed.reader';
import { NotAFeed, READING_LIMITS } from './feed.types';
import { readPageHead } from './page.head';
import { plainText } from './plain.text';

const read = (text: string | Buffer, contentType: string | null = null, url: string | null = null) =>
  readFeed({ bytes: Buffer.isBuffer(text) ? text : Buffer.from(text), contentType, url });
const rss = (inner: string, head = ''): string =>
  `${head}<rss version="2.0"><channel><title>T</title>${inner}</channel></rss>`;

describe('formats', () => {
  test.each([
    [
      'rss',
      rss(
        '<item><guid>1</guid><title>A</title><link>http://x.example/1</link><pubDate>Thu, 01 Jan 2004 19:48:21 GMT</pubDate></item>',
      ),
    ],
    [
      'rdf',
      '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel><item rdf:about="1"><title>A</title><link>http://x.example/1</link><dc:date>2004-01-01T19:48:21Z</dc:date></item></rdf:RDF>',
    ],
    [
      'atom',
      '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>A</title><link href="http://x.example/1"/><published>2004-01-01T19:48:21Z</published></entry></feed>',
    ],
    [
      'atom',
      '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><id>1</id><title mode="escaped">A</title><link rel="alternate" href="http://x.example/1"/><issued>2004-01-01T19:48:21Z</issued></entry></feed>',
    ],
    [
      'json',
      '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"A","url":"http://x.example/1","date_published":"2004-01-01T19:48:21Z"}]}',
    ],
  ])('%s', (format, text) => {
    expect(read(text)).toMatchObject({
      format,
      title: 'T',
      flaws: [],
      items: [{ id: '1', title: 'A', link: 'http://x.example/1', publishedAt: '2004-01-01T19:48:21Z' }],
    });
  });

  test.each(['', 'just words', '<html><body>a page</body></html>', '{"a": 1}', '<note/>'])('no feed: %s', (text) => {
    expect(() => read(text)).toThrow(NotAFeed);
  });
});

describe('broken feeds are read as far as they go, and flagged', () => {
  test.each([
    ['an end that is missing', rss('<item><title>A</title>').replace('</channel></rss>', ''), 'unclosed-element'],
    ['an end of nothing', rss('<item><title>A</title></b></item>'), 'stray-end-tag'],
    ['a bare ampersand', rss('<item><title>A</title><link>http://x.example/?a=1&b=2</link></item>'), 'bare-ampersand'],
    ['an entity of HTML', rss('<item><title>A</title><description>&nbsp;</description></item>'), 'unknown-entity'],
    ['a control character', rss('<item><title>\u0001A</title></item>'), 'control-characters'],
    ['a warning before it', rss('<item><title>A</title></item>', 'Warning: include() failed\n'), 'text-outside-root'],
    ['a DOCTYPE', rss('<item><title>A</title></item>', '<!DOCTYPE rss [<!ENTITY a "b">]>'), 'doctype'],
    [
      'an item beside its channel',
      '<rss version="2.0"><channel><title>T</title></channel><item><title>A</title></item></rss>',
      null,
    ],
    [
      'JSON that ends too early',
      '{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","title":"A"},',
      'invalid-json',
    ],
  ])('%s', (_, text, flaw) => {
    const feed = read(text);
    expect(feed.items[0]?.title).toBe('A');
    expect(feed.flaws).toEqual(flaw === null ? [] : [flaw]);
  });

  test('nothing that a DOCTYPE declares is expanded, and limits end the reading', () => {
    expect(read(rss('<item><title>&a;</title></item>', '<!DOCTYPE rss [<!ENTITY a "b">]>')).items[0]?.title).toBe(
      '&a;',
    );
    const limits = { ...READING_LIMITS, items: 2, depth: 5 };
    const many = rss('<item><title>A</title></item>'.repeat(3));
    expect(readFeed({ bytes: Buffer.from(many), contentType: null, url: null }, limits)).toMatchObject({
      flaws: ['cut-short'],
      items: [{}, {}],
    });
    const deep = rss('<a>'.repeat(10));
    expect(readFeed({ bytes: Buffer.from(deep), contentType: null, url: null }, limits).flaws).toContain('cut-short');
  });

  test('a reference that lies on the border of two pieces is whole', () => {
    for (let at = 65_530; at < 65_540; at += 1) {
      const start = '<rss version="2.0"><channel><title>';
      const title = `${'x'.repeat(at - start.length)}&#228;y`;
      expect(read(`${start}${title}</title></channel></rss>`).title?.slice(-3)).toBe('xäy');
    }
  });
});

describe('character sets', () => {
  const text = (declared: string): string =>
    `<?xml version="1.0"${declared}?><rss version="2.0"><channel><title>Grüße, Čeština</title></channel></rss>`;
  const bytes = (charset: string, declared = '', addBOM = false): Buffer =>
    iconv.encode(text(declared), charset, { addBOM });
  test.each([
    ['the header', bytes('iso-8859-2'), 'text/xml; charset=iso-8859-2', []],
    ['the declaration', bytes('windows-1250', ' encoding="windows-1250"'), 'text/xml', []],
    ['the mark, against the header', bytes('utf-16le', '', true), 'text/xml; charset=utf-8', []],
    ['the zeros of UTF-16', bytes('utf-16be'), null, []],
    ['UTF-8 by default', bytes('utf-8'), null, []],
    [
      'UTF-8 that its bytes prove, against the header',
      bytes('utf-8', ' encoding="utf-8"'),
      'text/xml; charset=iso-8859-1',
      ['charset-mismatch'],
    ],
    [
      'the declaration, where the header names none that there is',
      bytes('utf-8', ' encoding="utf-8"'),
      'text/xml; charset=martian',
      ['unknown-charset'],
    ],
  ])('%s', (_, feed, contentType, flaws) => {
    expect(read(feed, contentType)).toMatchObject({ title: 'Grüße, Čeština', flaws });
  });

  test('bytes that are nothing are read all the same', () => {
    const feed = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="utf-8"?>`),
      Buffer.from(rss('')),
      Buffer.from([0xff, 0xfe, 0x80]),
    ]);
    expect(read(feed).flaws).toContain('invalid-bytes');
  });
});

describe('addresses', () => {
  test('are absolute by xml:base, else by where the feed was fetched; ids only by what the feed states', () => {
    const entry = '<entry><id>a</id><link href="1"/></entry>';
    const atom = (base: string): string =>
      `<feed xmlns="http://www.w3.org/2005/Atom"${base}><title>T</title>${entry}</feed>`;
    expect(read(atom(''), null, 'http://y.example/f/')).toMatchObject({
      items: [{ id: 'a', link: 'http://y.example/f/1' }],
    });
    expect(read(atom(' xml:base="http://z.example/"'), null, 'http://y.example/')).toMatchObject({
      items: [{ id: 'http://z.example/a', link: 'http://z.example/1' }],
    });
  });

  test('a page names its feeds, those of comments last', () => {
    const page = `<html><head><base href="/sub/"><link rel="alternate" type="application/rss+xml" title="Comments" href="c.xml">
      <link rel="stylesheet" href="s.css"><link rel="ALTERNATE" type="application/atom+xml" href="f.xml"></head></html>`;
    expect(discoverFeeds({ bytes: Buffer.from(page), contentType: 'text/html', url: 'http://x.example/' })).toEqual([
      'http://x.example/sub/f.xml',
      'http://x.example/sub/c.xml',
    ]);
  });

  test('a page’s own address counts within its site only', () => {
    const head = (canonical: string) =>
      readPageHead({
        bytes: Buffer.from(
          `<html><head><link rel="canonical" href="${canonical}"><script>x</script></head><body>Text</body></html>`,
        ),
        contentType: 'text/html',
        url: 'https://www.x.example/a?utm_source=b',
      });
    expect(head('/a')).toMatchObject({ canonical: 'https://www.x.example/a', text: 'Text' });
    expect(head('https://x.example/a').canonical).toBe('https://x.example/a');
    expect(head('https://other.example/a').canonical).toBeNull();
    expect(head('/a').html).not.toContain('script');
  });
});

test.each([
  ['5 &lt; 7 <b>now</b>', '5 < 7 now'],
  ['<p>One</p><p>two<br>three</p>', 'One two three'],
  ['AT&amp;T', 'AT&T'],
  ['a<script>b</script>c', 'ac'],
  ['<p> </p>', null],
])('plain text of %s', (html, text) => {
  expect(plainText(html)).toBe(text);
});
