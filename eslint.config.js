import js from '@eslint/js';
import { createNodeResolver, flatConfigs, importX } from 'eslint-plugin-import-x';
import nodePlugin from 'eslint-plugin-n';
import tseslint from 'typescript-eslint';

// VS Code 1.101, which package.json asks for, has Node 22.15.1: on the desktop, and as a server on another machine.
const OLDEST_NODE = '>=22.15.1';

const coreIsPlain = {
  paths: [
    { name: 'vscode', message: 'src/core and src/words run under plain Node: hand in what they need.' },
  ],
};

/** One row an import that would run against the order core ← words ← ui ← extension.ts. */
const zones = [
  { target: './src/core', from: ['./src/words', './src/ui', './src/panel', './src/extension.ts'] },
  { target: './src/words', from: ['./src/ui', './src/panel', './src/extension.ts'] },
  { target: './src/ui', from: ['./src/extension.ts'] },
  { target: './src/panel', from: ['./src/core', './src/words', './src/ui', './src/extension.ts'] },
  { target: './src', from: ['./test', './scripts'] },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', '**/golden/**'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  flatConfigs.typescript,
  {
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.js', '.json'] })] },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-default-export': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/order': ['error', { alphabetize: { order: 'asc' } }],
      'no-console': 'error',
      eqeqeq: 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 220, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    // The language's own part is held to by "lib" in tsconfig.json.
    files: ['src/**/*.ts'],
    ignores: ['src/panel/**'],
    plugins: { n: nodePlugin },
    rules: {
      'n/no-unsupported-features/node-builtins': ['error', { version: OLDEST_NODE }],
    },
  },
  {
    files: ['src/core/**/*.ts', 'src/words/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', coreIsPlain] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // mocha's `it` returns nothing worth awaiting, and tests state their own expectations.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: ['it', 'describe'] }],
    },
  },
  {
    files: ['*.js', 'scripts/**/*.mjs', 'test/**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
    rules: { 'import-x/no-default-export': 'off', 'no-console': 'off' },
  },
);
