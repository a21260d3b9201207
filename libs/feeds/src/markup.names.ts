import { elementsOf, type MarkupElement } from './markup.tree';

/** Vocabularies that the parser knows by these prefixes. */
const PREFIXES: readonly (readonly [RegExp, string])[] = [
  [/^https?:\/\/purl\.org\/dc\/elements\//i, 'dc'],
  [/^https?:\/\/purl\.org\/dc\/terms\b/i, 'dcterms'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/content\b/i, 'content'],
  [/^https?:\/\/purl\.org\/rss\/1\.0\/modules\/syndication\b/i, 'sy'],
  [/^https?:\/\/search\.yahoo\.com\/mrss\b/i, 'media'],
];
/** RSS has no namespace, and publishers have given it several (UserLand, Netscape, Harvard). */
const RSS =
  /^https?:\/\/(?:backend\.userland\.com|blogs\.law\.harvard\.edu|(?:my|channel|www)\.netscape\.com|purl\.org\/net\/rss1)/i;

type Scope = ReadonlyMap<string, string>;

/** Calls elements of known vocabularies by the names that the parser looks for. True where a prefix is used that nobody declared. */
export function settleNames(root: MarkupElement): boolean {
  return settle(root, new Map([['xml', '']]), true);
}

function settle(element: MarkupElement, outer: Scope, isRoot: boolean): boolean {
  const scope = scopeOf(element, outer);
  const colon = element.name.indexOf(':');
  const prefix = colon < 0 ? '' : element.name.slice(0, colon);
  const space = scope.get(prefix) ?? '';
  let undeclared = colon > 0 && !scope.has(prefix);
  for (const name of element.attributes.keys()) {
    const at = name.indexOf(':');
    if (at > 0 && !name.startsWith('xmlns:') && !scope.has(name.slice(0, at))) undeclared = true;
  }
  if (colon > 0 && RSS.test(space)) element.name = element.name.slice(colon + 1);
  else if (colon < 0 && !isRoot) {
    const known = PREFIXES.find(([names]) => names.test(space))?.[1];
    if (known !== undefined) element.name = `${known}:${element.name}`;
  }
  for (const child of elementsOf(element)) undeclared = settle(child, scope, false) || undeclared;
  return undeclared;
}

function scopeOf({ attributes }: MarkupElement, outer: Scope): Scope {
  const declared = [...attributes].flatMap(([name, value]): [string, string][] =>
    name === 'xmlns' ? [['', value.trim()]] : name.startsWith('xmlns:') ? [[name.slice(6), value.trim()]] : [],
  );
  return declared.length === 0 ? outer : new Map([...outer, ...declared]);
}
