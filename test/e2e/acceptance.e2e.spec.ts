import { describeAcceptance } from '../support/acceptance.flow';
import { Stack } from '../support/stack';

jest.setTimeout(180_000);

describeAcceptance('npm start', async () => {
  const stack = await Stack.start();
  return { api: stack, stop: () => stack.stop() };
});
