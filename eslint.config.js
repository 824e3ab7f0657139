import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const typed = ['{src,test,migrations,bench,torture}/**/*.ts', 'console/src/**/*.{ts,tsx}'];
const nodeGlobals = ['AbortSignal', 'Buffer', 'clearTimeout', 'console', 'fetch', 'process', 'setTimeout', 'URL'];

// Prettier decides form; these rules only catch what the compiler lets through.
export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'coverage', '.triwatch'] },
  js.configs.recommended,
  { rules: { curly: 'error', eqeqeq: 'error' } },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])) },
  },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } } },
  { files: ['**/*.{ts,tsx}'], extends: [tseslint.configs.recommended] },
  {
    files: typed,
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    // A decision in core depends on its arguments alone: the clock, randomness and settings are passed in.
    files: ['src/core/**/*.ts'],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-restricted-globals': ['error', 'process', 'performance', 'setTimeout', 'setInterval', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Core gets `now` as an argument.' },
        { object: 'Math', property: 'random', message: 'Core gets its randomness as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
          message: 'Core gets `now` as an argument; `new Date(value)` is allowed.',
        },
      ],
    },
  },
);
