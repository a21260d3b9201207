import { readOutline } from './outline.reader';

const opml = (body: string): string => `<?xml version="1.0"?><opml version="2.0"><head/><body>${body}</body></opml>`;

test('feeds in folders, each once, with their names', () => {
  const text = opml(
    `<outline text="News"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/f"/><outline text="Deep">
       <outline title="C" text="c" xmlUrl=" https://c.example/f "/></outline></outline>
     <outline text="again" xmlUrl="https://a.example/f"/><outline text="no feed"/>`,
  );
  expect(readOutline(text)).toEqual([
    { url: 'https://a.example/f', title: 'A & B' },
    { url: 'https://c.example/f', title: 'C' },
  ]);
});

test.each([
  ['text', 'no markup'],
  ['another format', '<rss version="2.0"><channel/></rss>'],
  [
    'a document with entities',
    `<!DOCTYPE opml [<!ENTITY a "b">]>${opml('<outline text="&a;" xmlUrl="https://a.example"/>')}`,
  ],
])('%s is no OPML', (_, text) => {
  expect(readOutline(text)).toBeNull();
});
