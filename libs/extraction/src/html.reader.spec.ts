import { detectLanguage, readHtml } from './index';

const paragraph =
  'Acme Robotics has opened a plant in Ohio, the company said on Monday, and it will employ two hundred people there. ';

describe('readHtml', () => {
  const page = `<!doctype html><html lang="en-GB"><head><title>Plant opens | The Daily</title>
    <meta property="og:title" content="Plant opens"><meta property="og:site_name" content="The Daily">
    <meta property="article:published_time" content="2025-03-04T10:00:00+01:00"></head>
    <body><nav><a href="/">Home</a></nav><article><h2>Background</h2><p>${paragraph.repeat(4)}</p><ul><li>First point &amp; more</li><li>Second</li></ul>
    <p>${paragraph.repeat(3)}</p><script>alert(1)</script></article><footer>Imprint</footer></body></html>`;

  test('finds text and metadata', () => {
    const read = readHtml(page, 'https://daily.example/plant');
    expect(read).toMatchObject({
      title: 'Plant opens',
      siteName: 'The Daily',
      language: 'en-GB',
      publishedAt: '2025-03-04T09:00:00.000Z',
    });
    expect(read.text).toContain('Acme Robotics has opened a plant');
    expect(read.text).toContain('• First point & more');
    expect(read.text).not.toMatch(/alert|Imprint|Home/);
  });

  test.each<[string, string, string | null]>([
    [
      'JSON-LD',
      '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-06T07:08:09Z"}</script>',
      '2024-05-06T07:08:09.000Z',
    ],
    ['time element', '<time datetime="2024-05-06">6 May</time>', '2024-05-06T00:00:00.000Z'],
    ['offset without colon', '<meta name="date" content="2024-05-06T01:00:00+0200">', '2024-05-05T23:00:00.000Z'],
    ['an ambiguous form', '<meta name="date" content="05/06/2024">', null],
    ['none', '', null],
  ])('publication time from %s', (_name, markup, expected) => {
    expect(readHtml(`<html><body>${markup}<p>${paragraph}</p></body></html>`).publishedAt).toBe(expected);
  });

  test.each<[string, string, string | null]>([
    [
      'the article among other things',
      '<script type="application/ld+json">{"@graph":[{"@type":"VideoObject","datePublished":"2019-01-01"},{"@type":["NewsArticle"],"headline":"H","datePublished":"2024-05-06"}]}</script>',
      '2024-05-06T00:00:00.000Z',
    ],
    [
      'broken JSON-LD',
      '<script type="application/ld+json">{"datePublished":"2024-05-06","a":"line\nbreak",}</script>',
      '2024-05-06T00:00:00.000Z',
    ],
    ['microdata', '<time itemprop="datePublished" datetime="2024-05-06T10:00Z">x</time>', '2024-05-06T10:00:00.000Z'],
    ['a month in words', '<meta name="date" content="May 6, 2024">', '2024-05-06T00:00:00.000Z'],
    ['a mail date', '<meta name="pubdate" content="Mon, 06 May 2024 10:00:00 +0200">', '2024-05-06T08:00:00.000Z'],
    ['a clock of twelve hours', '<meta name="date" content="May 6, 2024 3:30 PM">', '2024-05-06T15:30:00.000Z'],
    ['a compact form', '<meta name="DC.date" content="20240506T070809Z">', '2024-05-06T07:08:09.000Z'],
    ['slashes behind the year', '<meta name="date" content="2024/05/06 10:00:00">', '2024-05-06T10:00:00.000Z'],
    ['an impossible day', '<meta name="date" content="2024-13-06">', null],
    ['words', '<meta name="date" content="yesterday in May">', null],
    [
      'the first readable of several',
      '<meta property="article:published_time" content="soon"><meta name="date" content="2024-05-06">',
      '2024-05-06T00:00:00.000Z',
    ],
  ])('publication time from %s', (_name, markup, expected) => {
    expect(readHtml(`<html><body>${markup}<p>${paragraph}</p></body></html>`).publishedAt).toBe(expected);
  });

  const body = (markup: string): string[] =>
    readHtml(
      `<html><body><article><p>${paragraph.repeat(4)}</p>${markup}<p>${paragraph.repeat(2)}</p></article></body></html>`,
    )
      .text.split('\n')
      .slice(1, -1);

  test.each<[string, string, string[]]>([
    ['line breaks', '<p>One.<br>Two.<br/>Three.</p>', ['One.', 'Two.', 'Three.']],
    ['inline marks', '<p>A <b>bo</b>ld <a href="/x">link</a>, and <em>more</em>.</p>', ['A bold link, and more.']],
    ['a heading and bare text', '<h3>What is next</h3>Text after it.', ['What is next', 'Text after it.']],
    [
      'paragraphs in items',
      '<ul><li><p>One</p></li><li>Two<ol><li>Three</li></ol></li></ul>',
      ['• One', '• Two', '• Three'],
    ],
    [
      'tables',
      '<table><tr><th>Year</th><th>Sales</th></tr><tr><td>2024</td><td>$5m</td></tr></table>',
      ['Year | Sales', '2024 | $5m'],
    ],
    ['terms', '<dl><dt>Price</dt><dd>$5</dd></dl>', ['Price', '$5']],
    ['preformatted lines', '<pre>one\ntwo</pre>', ['one', 'two']],
    ['wrapped source lines', '<p>one\n  two</p>', ['one two']],
    ['entities', '<p>It&rsquo;s &ldquo;new&rdquo; &mdash; &#8364;5&nbsp;m</p>', ['It’s “new” — €5 m']],
    ['soft hyphens and blanks of no width', '<p>the com&shy;pany\u200b said</p>', ['the company said']],
    ['blanks that group digits', '<p>1&nbsp;500 euros in&nbsp;2024</p>', ['1\u00a0500 euros in 2024']],
    [
      'captions',
      '<figure><img src="a.jpg"><figcaption>The plant. Photo: Ann</figcaption></figure><p>End.</p>',
      ['End.'],
    ],
    ['templates and scripts', '<template><p>x</p></template><script>1</script><p>End.</p>', ['End.']],
    ['hidden parts', '<p hidden>no</p><p style="display:none">no</p><p>End.</p>', ['End.']],
  ])('%s', (_name, markup, expected) => expect(body(markup)).toEqual(expected));

  test('a page of many parts gives its article', () => {
    const read = readHtml(
      `<html amp><head><title>Plant opens - The Daily</title><link rel="canonical" href="https://www.daily.example/p">
      <script type="application/ld+json">{"@type":"NewsArticle","headline":"Plant opens in Ohio","datePublished":"2025-03-04"}</script></head><body>
      <div class="cookie-banner"><p>We use cookies to improve your experience and show content that suits you. Accept all.</p></div>
      <nav><ul><li><a href="/">Home</a></li></ul></nav><h1>The Daily</h1><main><article><h1>Plant opens in Ohio</h1>
      <p>${paragraph.repeat(3)}</p><p>${paragraph.repeat(2)}</p>
      <aside class="related"><h3>Related articles</h3><ul><li><a href="/1">Another plant closes</a></li></ul></aside></article></main>
      <footer>© 2025 The Daily</footer></body></html>`,
    );
    expect(read).toMatchObject({ title: 'Plant opens in Ohio', siteName: 'daily.example' });
    expect(read.text.split('\n').filter((line) => line.startsWith('Acme'))).toHaveLength(2);
    expect(read.text).not.toMatch(/cookies|Home|Another plant|©/);
  });

  test('a stub and a page of links give their words', () => {
    expect(
      readHtml('<html><body><article><p>Acme has opened a plant.</p></article><footer>Imprint</footer></body></html>')
        .text,
    ).toBe('Acme has opened a plant.');
    expect(readHtml('<html><body><ul><li><a href="/1">One</a></li><li>Two</li></ul></body></html>').text).toBe(
      '• One\n• Two',
    );
  });

  test('a fragment and an empty page are read', () => {
    expect(readHtml(`<p>${paragraph}</p><p>Second.</p>`).text).toBe(`${paragraph.trim()}\nSecond.`);
    expect(readHtml('')).toMatchObject({ title: null, text: '' });
  });

  test.each([29_000, 200_000])('a page of %d breaks does not overflow', (count) => {
    const lines = readHtml(`<html><body>${'x<br>'.repeat(count)}</body></html>`).text.split('\n');
    expect(lines).toHaveLength(count);
  });

  test('deep nesting does not overflow', () => {
    expect(readHtml(`<html><body>${'<div>'.repeat(3000)}deep${'</div>'.repeat(3000)}</body></html>`).text).toContain(
      'deep',
    );
  });
});

describe('detectLanguage', () => {
  test.each<[string, string]>([
    ['The company said on Monday that it has opened a plant in Ohio for the first time.', 'en'],
    ['Das Unternehmen hat am Montag mitgeteilt, dass es ein Werk in Ohio für die Produktion eröffnet.', 'other'],
    ['L’entreprise a annoncé lundi que la nouvelle usine est ouverte dans la région et pour le marché.', 'other'],
    ['La empresa anunció el lunes que abrió una planta en Ohio para el mercado de los Estados Unidos.', 'other'],
    ['该公司周一表示，它已在俄亥俄州开设了一家工厂，并将雇用两百名员工。', 'other'],
    [
      'Perusahaan mengatakan pada hari Senin bahwa mereka membuka pabrik baru dengan ratusan pekerja setempat. '.repeat(
        5,
      ),
      'other',
    ],
    ['Spółka podała w poniedziałek, że otworzyła fabrykę w Ohio oraz zatrudni dwustu pracowników. '.repeat(6), 'other'],
    ['Acme Bolt Carl Dee plant robots chips sales 2024 profit of 5 and 7 '.repeat(8), 'en'],
    ['OK then', 'unknown'],
    ['', 'unknown'],
  ])('%s', (text, expected) => expect(detectLanguage(text)).toBe(expected));
});
