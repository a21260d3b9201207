// Calls the address given every 10 ms, whatever became of the calls before, until standard input ends; then prints the milliseconds that
// each took. A process of its own: what else a benchmark does must not be measured with it.
import { Agent, get } from 'node:http';

const EVERY_MS = 10;
const url = process.argv[2];
const agent = new Agent({ keepAlive: true });
const took = [];
let open = 0;

const timer = setInterval(() => {
  const began = performance.now();
  open += 1;
  get(url, { agent }, (response) => {
    if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}`);
    response.resume();
    response.once('end', () => {
      took.push(performance.now() - began);
      open -= 1;
    });
  });
}, EVERY_MS);

process.stdin.resume().once('end', () => {
  clearInterval(timer);
  const finish = setInterval(() => {
    if (open > 0) return;
    clearInterval(finish);
    agent.destroy();
    process.stdout.write(JSON.stringify(took));
  }, EVERY_MS);
});
