import { clientTypes } from './client.types';
test('x', async () => {
  const t = await clientTypes({ openapi: '3.1.0', info: { title: 'a', version: '1' }, paths: {} });
  expect(t).toContain('paths');
});
