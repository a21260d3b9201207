import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';

const BLOCKS = new Set(
  'p div br li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table blockquote hr pre section article header footer figure figcaption'.split(
    ' ',
  ),
);
/** Their content is no text. */
const CODE = new Set('script style template noscript'.split(' '));

/** The text of HTML with a line break at every block. The time grows with the length alone, which regular expressions do not promise. */
function brokenText(html: string): string {
  const pieces: string[] = [];
  let inCode = 0;
  const parser = new Parser(
    {
      onopentag: (name) => {
        if (CODE.has(name)) inCode += 1;
        if (BLOCKS.has(name)) pieces.push('\n');
      },
      onclosetag: (name) => {
        if (CODE.has(name)) inCode -= 1;
        if (BLOCKS.has(name)) pieces.push('\n');
      },
      ontext: (text) => {
        if (inCode === 0) pieces.push(text.replace(/\s+/g, ' '));
      },
    },
    // As XML only in that a title within a text is an element like others; void elements end with their parents.
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true },
  );
  parser.end(html);
  return decodeHTMLStrict(pieces.join(''));
}

/** The words of a piece of HTML on one line: `5 &lt; 7 <b>now</b>` → `5 < 7 now`. Null when there are none. */
export function plainText(html: string | null | undefined): string | null {
  if (html === null || html === undefined) return null;
  return brokenText(html).replace(/\s+/g, ' ').trim() || null;
}

/** The text of a piece of HTML, a paragraph a line; '' when there is none. */
export function paragraphs(html: string | null): string {
  if (html === null) return '';
  return brokenText(html)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** HTML without scripts and styles. */
export function withoutCode(html: string): string {
  const kept: string[] = [];
  let from = 0;
  let start = -1;
  let depth = 0;
  const parser = new Parser({
    onopentag: (name) => {
      if (!CODE.has(name)) return;
      if (depth === 0) start = parser.startIndex;
      depth += 1;
    },
    onclosetag: (name) => {
      if (!CODE.has(name)) return;
      depth -= 1;
      if (depth > 0 || start < 0) return;
      kept.push(html.slice(from, start), ' ');
      from = parser.endIndex + 1;
    },
  });
  parser.end(html);
  return kept.join('') + html.slice(from);
}
