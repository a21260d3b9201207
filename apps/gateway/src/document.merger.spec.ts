import type { OpenApiDocument } from '@themeline/http';
import { mergeDocuments } from './document.merger';

function document(title: string, paths: readonly string[], schemas: Record<string, object>): OpenApiDocument {
  const schema = { $ref: '#/components/schemas/Thing' };
  const get = { responses: { '200': { description: title, content: { 'application/json': { schema } } } } };
  return {
    openapi: '3.1.0',
    info: { title, version: '1' },
    paths: Object.fromEntries(paths.map((path) => [path, { get }])),
    components: { schemas },
  };
}

test('takes from each service what is routed to it, and keeps schemas apart that differ', () => {
  const same = { type: 'string' };
  const merged = mergeDocuments(document('Own', ['/v1/keys', '/v1/dead-letters'], { Thing: same }), [
    ['ingest', document('Ingest', ['/v1/reports', '/v1/dead-letters', '/metrics'], { Thing: same })],
    [
      'timeline',
      document('Timeline', ['/v1/events', '/v1/reports', '/v1/dead-letters/{id}'], { Thing: { type: 'number' } }),
    ],
  ]);
  expect(Object.keys(merged.paths)).toEqual([
    '/v1/dead-letters',
    '/v1/dead-letters/{id}',
    '/v1/events',
    '/v1/keys',
    '/v1/reports',
  ]);
  expect(merged.components?.schemas).toEqual({ Thing: same, timeline_Thing: { type: 'number' } });
  const told = JSON.stringify(merged.paths['/v1/events']);
  expect(told).toContain('#/components/schemas/timeline_Thing"');
  expect(JSON.stringify(merged.paths['/v1/reports'])).toContain('Ingest');
  expect(JSON.stringify(merged.paths['/v1/dead-letters'])).toContain('Own');
  expect(merged).toMatchObject({ info: { title: 'Themeline' }, security: [{ key: [] }], servers: [{ url: '/' }] });
});
