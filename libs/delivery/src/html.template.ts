/** Markup that is known to be well-formed. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | number | Html | null | readonly (string | number | Html | null)[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text is escaped, for element content and quoted attributes alike; markup and lists of it go in as they are; null is nothing. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(strings.reduce((text, part, index) => text + rendered(values[index - 1] ?? null) + part));
}

function rendered(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(rendered).join('');
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
