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

  test.each<[string, string]>([
    ['CDATA that begins and begins', '<a><![CDATA[x</a>'],
    ['items that are never closed', '<item><title>A'],
    ['signs of UTF-8', 'é'],
    ['ampersands', '&'],
    ['halves of signs', '&#55357;'],
    ['declarations of names', '<a:b xmlns:q="y"/>'],
  ])('a megabyte of %s takes no longer than as much of anything', (_, piece) => {
    const bytes = Buffer.from(`<rss><channel>${piece.repeat(Math.floor(1_048_576 / piece.length))}`);
    const began = process.cpuUsage();
    readFeed({ bytes, contentType: null, url: null });
    const { user, system } = process.cpuUsage(began);
    // Half a second is usual for the worst of them; what grows with the square takes minutes.
    expect((user + system) / 1e6).toBeLessThan(6);
  });

  test('a reference that lies on the border of two pieces is whole', () => {
    for (let at = 65_530; at < 65_540; at += 1) {
      const start = '<rss version="2.0"><channel><title>';
      const title = `${'x'.repeat(at - start.length)}&#228;y`;
      expect(read(`${start}${title}</title></channel></rss>`).title?.slice(-3)).toBe('xäy');
    }
  });
});

describe('what publishers write instead', () => {
  const dublin = 'xmlns:foo="http://purl.org/dc/elements/1.1/"';
  const atom = (inner: string): string =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id>${inner}</entry></feed>`;
  test.each<[string, string, object]>([
    [
      'any prefix',
      rss(`<item><foo:date ${dublin}>2004-01-01</foo:date></item>`),
      { publishedAt: '2004-01-01T00:00:00Z' },
    ],
    [
      'none',
      rss('<item><date xmlns="http://purl.org/dc/elements/1.1/">2004-01-01</date></item>'),
      { publishedAt: '2004-01-01T00:00:00Z' },
    ],
    [
      'RSS with a namespace',
      '<r:rss xmlns:r="http://backend.userland.com/rss2"><r:channel><r:title>T</r:title><r:item><r:title>A</r:title></r:item></r:channel></r:rss>',
      { title: 'A' },
    ],
    [
      'Atom with a prefix',
      '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>1</a:id><a:title>A</a:title></a:entry></a:feed>',
      { id: '1', title: 'A' },
    ],
    [
      'capitals',
      '<RSS><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE><LINK>http://x.example/1</LINK></ITEM></CHANNEL></RSS>',
      { title: 'A', link: 'http://x.example/1' },
    ],
    [
      'CDF',
      '<CHANNEL><TITLE>T</TITLE><ITEM HREF="http://x.example/1" LASTMOD="2004-01-01T00:00Z"><TITLE>A</TITLE></ITEM></CHANNEL>',
      { title: 'A', link: 'http://x.example/1', publishedAt: '2004-01-01T00:00:00Z' },
    ],
    [
      'the address before a counter of clicks',
      rss(
        '<item><link>http://c.example/1</link><f:origLink xmlns:f="http://rssnamespace.org/feedburner/ext/1.0">http://x.example/1</f:origLink></item>',
      ),
      { link: 'http://x.example/1' },
    ],
    [
      'a guid that is no address',
      rss('<item><guid isPermaLink="False">http://x.example/1</guid></item>'),
      { id: 'http://x.example/1', link: null },
    ],
    [
      'of many links the page',
      atom(
        '<link rel="self" href="http://x.example/s"/><link rel="enclosure" href="http://x.example/m"/><link href="http://x.example/1"/>',
      ),
      { link: 'http://x.example/1' },
    ],
    [
      'whole texts by other names',
      rss('<item><body xmlns="http://www.w3.org/1999/xhtml"><p>Hi</p></body></item>'),
      { content: 'Hi' },
    ],
    [
      'a title in XHTML',
      atom('<title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml">A <x:em>b</x:em></x:div></title>'),
      { title: 'A b' },
    ],
    ['a title escaped twice', rss('<item><title>AT&amp;amp;T</title></item>'), { title: 'AT&T' }],
    [
      'CDATA within text',
      rss('<item><title>x <![CDATA[y]]> z<![CDATA[]]]]><![CDATA[>]]></title></item>'),
      { title: 'x y z]]>' },
    ],
    ['pieces of UTF-16', rss('<item><title>&#55357;&#56832;</title></item>'), { title: '😀' }],
    ['entities of HTML and of Windows', rss('<item><title>&ldquo;a&nbsp;b&#148;</title></item>'), { title: '“a b”' }],
    [
      'what a title that was never closed swallows',
      rss('<item><title>A<link>http://x.example/1</link></item>'),
      { title: 'A', link: 'http://x.example/1' },
    ],
    ['relative to xml:base', atom('<link xml:base="http://x.example/a/" href="1"/>'), { link: 'http://x.example/a/1' }],
    [
      'a date by another name',
      rss('<item><published>2004-01-01</published></item>'),
      { publishedAt: '2004-01-01T00:00:00Z', updatedAt: '2004-01-01T00:00:00Z' },
    ],
  ])('%s', (_, text, item) => {
    expect(read(text).items[0]).toMatchObject(item);
  });

  test.each<[string, string]>([
    ['items that lie in one another', rss('<item><title>A</title><item><title>B</title></item>')],
    ['items in a list', rss('<items><item><title>A</title></item><item><title>B</title></item></items>')],
    [
      'two feeds in one',
      rss('<item><title>A</title></item>') + rss('<item><title>B</title></item>', '<?xml version="1.0"?>'),
    ],
    [
      'CDATA that is never closed',
      rss(
        '<item><title>A</title><description><![CDATA[x</description></item><item><title><![CDATA[B]]></title></item>',
      ),
    ],
    ['Atom’s entries in an RSS channel', rss('<entry><title>A</title></entry><entry><title>B</title></entry>')],
    [
      'marks, blank lines and comments before the declaration',
      `\uFEFF\n\n<!-- x -->${rss('<item><title>A</title></item><item><title>B</title></item>', '<?xml version="1.0"?>')}`,
    ],
  ])('%s are all there', (_, text) => {
    expect(read(text).items.map(({ title }) => title)).toEqual(['A', 'B']);
  });

  test('a prefix that nobody declared is a flaw, and understood all the same', () => {
    const feed = read(rss('<item><title>A</title><content:encoded>Hi</content:encoded></item>'));
    expect(feed).toMatchObject({ flaws: ['undeclared-prefix'], items: [{ content: 'Hi' }] });
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

  test('a mainframe’s letters', () => {
    // `<?xml?><rss><channel><title>Aé</title></channel></rss>`
    const feed =
      '4c6fa794936f6e4c99a2a26e4c838881959585936e4ca389a393856ec1514c61a389a393856e4c61838881959585936e4c6199a2a26e';
    expect(read(Buffer.from(feed, 'hex'))).toMatchObject({ format: 'rss', title: 'Aé' });
  });

  test('a few wrong bytes in UTF-8 are read as Windows means them', () => {
    const feed = Buffer.concat([bytes('utf-8', ' encoding="utf-8"'), iconv.encode('<!-- été -->', 'windows-1252')]);
    expect(read(feed)).toMatchObject({
      title: 'Grüße, Čeština',
      charset: 'utf-8',
      flaws: ['charset-mismatch', 'invalid-bytes'],
    });
    const title = Buffer.concat([Buffer.from('<rss><channel><title>Grüße '), Buffer.from([0xe9, 0x20, 0x80])]);
    expect(read(title).title).toBe('Grüße é €');
  });

  test.each([
    ['shift_jis', 'ja', '東京都は月曜日、新しい規制を来年から実施すると発表した。企業は対応を急いでいる。'],
    ['euc-jp', 'ja', '東京都は月曜日、新しい規制を来年から実施すると発表した。企業は対応を急いでいる。'],
    ['gb18030', 'zh', '中国商务部周一宣布，明年起将实施新的出口管制措施，企业正在加紧应对。'],
    ['big5', 'zh-TW', '台北市政府星期一宣布，明年起將實施新的管制措施，企業正在加緊應對。'],
    ['euc-kr', 'ko', '정부는 월요일 내년부터 새로운 규제를 시행한다고 발표했다. 기업들은 서두르고 있다.'],
    ['koi8-r', 'ru', 'Правительство в понедельник объявило, что новые правила вступят в силу в следующем году.'],
    ['windows-1251', 'ru', 'Правительство в понедельник объявило, что новые правила вступят в силу в следующем году.'],
    ['windows-1250', 'cs', 'Vláda v pondělí oznámila, že nová pravidla začnou platit příští rok, řekl šéf úřadu.'],
    ['windows-1254', 'tr', 'Hükümet pazartesi günü yeni kuralların gelecek yıl yürürlüğe gireceğini açıkladı.'],
    ['windows-874', 'th', 'รัฐบาลประกาศเมื่อวันจันทร์ว่ากฎใหม่จะมีผลบังคับใช้ในปีหน้า'],
  ])('%s that is called UTF-8, or nothing, is told by its looks and its language', (charset, language, words) => {
    for (const declared of ['', ' encoding="utf-8"']) {
      const feed = `<?xml version="1.0"${declared}?><rss version="2.0"><channel><language>${language}</language><item><title>${words}</title></item></channel></rss>`;
      expect(read(iconv.encode(feed, charset)).items[0]?.title).toBe(words);
    }
  });

  test.each(['windows-1251', 'shift_jis', 'gb2312', 'euc-kr', 'big5', 'koi8-r'])(
    'of %s in the header and UTF-8 in the declaration, and the other way round, the one is believed that the bytes bear out',
    (charset) => {
      const words =
        {
          'windows-1251': 'Новые правила',
          'koi8-r': 'Новые правила',
          shift_jis: '新しい規制',
          'euc-kr': '새로운 규제',
        }[charset] ?? '管理';
      const feed = (declared: string): Buffer =>
        iconv.encode(
          `<?xml version="1.0" encoding="${declared}"?>${rss(`<item><title>${words}</title></item>`)}`,
          charset,
        );
      expect(read(feed('utf-8'), `text/xml; charset=${charset}`).items[0]?.title).toBe(words);
      expect(read(feed(charset), 'text/xml; charset=utf-8').items[0]?.title).toBe(words);
    },
  );
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
