import { RouteTable } from './route.table';

const table = new RouteTable();
table.add('/v1/events', ['GET', 'HEAD']);
table.add('/v1/events', 'POST');
table.add('/v1/events/:id/revisions', 'GET');
table.add('/v1/export.:format(csv|json)', 'GET');
table.add('/files/*', 'GET');

test.each<[string, string[]]>([
  ['/v1/events', ['GET', 'HEAD', 'POST']],
  ['/v1/events/evt_1/revisions', ['GET']],
  ['/v1/export.csv', ['GET']],
  // A wildcard takes whatever comes, the gateway's too: which paths there are it does not say.
  ['/files/a/b', []],
  ['/v1/event', []],
  ['/v1/events/evt_1', []],
  ['/v1/events/a/b/revisions', []],
  ['/v1/exportxcsv', []],
  ['/', []],
])('%s', (path, methods) => {
  expect(table.methodsOf(path)).toEqual(methods);
});
