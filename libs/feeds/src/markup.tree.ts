/** An XML element with its prefixes as written. Text is decoded. */
export interface MarkupElement {
  name: string;
  attributes: Map<string, string>;
  children: MarkupNode[];
}
export type MarkupNode = MarkupElement | string;

export const isElement = (node: MarkupNode): node is MarkupElement => typeof node !== 'string';

/** `atom:link` → `link`, in lower case */
export function localName({ name }: MarkupElement): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

export function elementsOf(element: MarkupElement): MarkupElement[] {
  return element.children.filter(isElement);
}

/** All text within, in order. */
export function textOf(element: MarkupElement): string {
  return element.children.map((child) => (isElement(child) ? textOf(child) : child)).join('');
}

const escapedText = (text: string): string =>
  text.replace(/[&<>]/g, (sign) => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'));

const escapedValue = (value: string): string => escapedText(value).replaceAll('"', '&quot;');

/** Well-formed XML, whatever was read. */
export function writeMarkup(node: MarkupNode): string {
  if (!isElement(node)) return escapedText(node);
  const attributes = [...node.attributes].map(([name, value]) => ` ${name}="${escapedValue(value)}"`).join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(writeMarkup).join('')}</${node.name}>`;
}
