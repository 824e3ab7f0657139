import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

// Jest loads its global setup outside its own transform, as Node would. These hooks let that one file import the
// TypeScript sources: `register('./scripts/ts-hooks.mjs', import.meta.url)` in jest.config.js.

/** How swc compiles our sources, for Jest and for these hooks alike: as tsc does with tsconfig.json. */
export const swcOptions = {
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    // Nest reads constructor types from the metadata; fields are assigned as tsc does it (useDefineForClassFields).
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
};

/** Finds `x.ts` where the sources, being ESM, say `./x.js`. */
export async function resolve(specifier, context, next) {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND' && /^\.{1,2}\/.*\.js$/.test(specifier)) {
      return next(specifier.replace(/\.js$/, '.ts'), context);
    }
    throw error;
  }
}

/** Compiles TypeScript on loading, with a source map for stack traces. */
export async function load(url, context, next) {
  if (!/\.m?ts$/.test(url)) {
    return next(url, context);
  }
  const filename = fileURLToPath(url);
  const source = await readFile(filename, 'utf8');
  const { code } = await transform(source, { ...swcOptions, filename, sourceMaps: 'inline', swcrc: false });
  return { format: 'module', source: code, shortCircuit: true };
}
