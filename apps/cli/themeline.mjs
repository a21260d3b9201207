#!/usr/bin/env node
// What `npx themeline` runs: the built program, or a word on how to build it.
import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const built = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
if (existsSync(built)) await import(pathToFileURL(built).href);
else {
  process.stderr.write('themeline: not built yet; run npm start once, or npm ci && npm run build\n');
  process.exitCode = 78;
}
