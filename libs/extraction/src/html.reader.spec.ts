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

  test('a fragment and an empty page are read', () => {
    expect(readHtml(`<p>${paragraph}</p><p>Second.</p>`).text).toBe(`${paragraph.trim()}\nSecond.`);
    expect(readHtml('')).toMatchObject({ title: null, text: '' });
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
    ['OK then', 'unknown'],
    ['', 'unknown'],
  ])('%s', (text, expected) => expect(detectLanguage(text)).toBe(expected));
});
