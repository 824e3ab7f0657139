import { register } from 'node:module';

// For `node --import`: this process and its threads read the TypeScript sources.
register('./ts-hooks.mjs', import.meta.url);
