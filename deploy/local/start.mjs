#!/usr/bin/env node
import { importBuilt, prepare, root } from './bootstrap.mjs';

const argv = process.argv.slice(2);
await prepare();
const { launch } = await importBuilt('deploy/local/launcher.js');
process.exit(await launch(argv, root));
