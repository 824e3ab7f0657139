import { register } from 'node:module';
import { swcOptions } from './scripts/ts-hooks.mjs';

// Every dependency of the service is ESM, so Jest runs in ESM mode: start it through `npm run test:unit` and so on,
// or with NODE_OPTIONS=--experimental-vm-modules.
register('./scripts/ts-hooks.mjs', import.meta.url);

const shared = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  // Beside the packages, so that nothing is left in the system's folder for temporary files.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  extensionsToTreatAsEsm: ['.ts'],
  // Only relative imports: the same mapping would break packages that import their own files with .js.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.triwatch/'],
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
};

// One embedded PostgreSQL serves all files of a call. The two files end in .mts because only then does Jest import
// them as ESM instead of trying `require` first, which differs between Node 20, 22 and 24.
const withDatabase = {
  ...shared,
  globalSetup: '<rootDir>/test/global-setup.mts',
  globalTeardown: '<rootDir>/test/global-teardown.mts',
};

export default {
  // Starting PostgreSQL or a browser takes seconds on a busy machine.
  testTimeout: 60_000,
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{src,console/src,bench,torture}/**/*.spec.ts'] },
    { ...withDatabase, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.int.spec.ts'] },
    {
      ...withDatabase,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.e2e.spec.ts', '<rootDir>/test/scenarios/**/*.spec.ts'],
    },
  ],
};
