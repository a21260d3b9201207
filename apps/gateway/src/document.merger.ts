import type { Service } from '@themeline/contracts';
import type { OpenApiDocument } from '@themeline/http';
import { serviceOf } from './service.route';

/** Paths whose service their ids name; any service's description of them will do. */
const BY_ID = /^\/v1\/dead-letters\/\{/;

/**
 * One document of the gateway's own and the services': of each service the paths that are routed to it, and the schemas
 * that they refer to. A schema that another document has differently under the same name gets the service's name in front.
 */
export function mergeDocuments(
  own: OpenApiDocument,
  services: readonly (readonly [Service, OpenApiDocument])[],
): OpenApiDocument {
  const schemas = { ...own.components?.schemas };
  const paths = { ...own.paths };
  const tags = new Map((own.tags ?? []).map((tag) => [tag.name, tag]));
  for (const [service, document] of services) {
    const renamed = rename(document, service, schemas);
    Object.assign(schemas, renamed.components?.schemas);
    for (const [path, item] of Object.entries(renamed.paths)) {
      if (serviceOf(path) === service || BY_ID.test(path)) paths[path] ??= item;
    }
    for (const tag of renamed.tags ?? []) tags.set(tag.name, tag);
  }
  return {
    ...own,
    info: { ...own.info, title: 'Themeline' },
    servers: [{ url: '/' }],
    security: [{ key: [] }],
    tags: [...tags.values()],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: { ...own.components, schemas },
  };
}

function rename(
  document: OpenApiDocument,
  service: Service,
  taken: Readonly<Record<string, unknown>>,
): OpenApiDocument {
  const clashes = Object.entries(document.components?.schemas ?? {})
    .filter(([name, schema]) => name in taken && JSON.stringify(taken[name]) !== JSON.stringify(schema))
    .map(([name]) => name);
  if (clashes.length === 0) return document;
  let text = JSON.stringify(document);
  for (const name of clashes) {
    text = text.replaceAll(`"#/components/schemas/${name}"`, `"#/components/schemas/${service}_${name}"`);
  }
  const renamed = JSON.parse(text) as OpenApiDocument;
  const schemas = Object.entries(renamed.components?.schemas ?? {}).map(
    ([name, schema]) => [clashes.includes(name) ? `${service}_${name}` : name, schema] as const,
  );
  return { ...renamed, components: { ...renamed.components, schemas: Object.fromEntries(schemas) } };
}
