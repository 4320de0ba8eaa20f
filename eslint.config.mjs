import wxmlParser from '@wxml/parser';
import wxml from 'eslint-plugin-wxml';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const noCloudCall = {
  selector: "MemberExpression[object.property.name='cloud'][property.name='callFunction']",
  message:
    'Functions are called through miniprogram/services/api.ts, the only caller of wx.cloud.callFunction.',
};
const noTakingCloudApart = {
  selector: "VariableDeclarator[id.type='ObjectPattern'][init.name='wx']",
  message: 'Write wx.member in full: a member taken out of wx escapes the rules about who may use it.',
};

export default defineConfig(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      '.shutong/',
      '.cache/',
      'coverage/',
      'miniprogram/miniprogram_npm/',
      'test/fixtures/',
      'test/**/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      // Each file is read with the nearest tsconfig.json: there is one for every environment.
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-eval': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // `import { type T }` still loads the file at run time; `import type { T }` does not.
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // A callback that may give something back or nothing is `T | void`.
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `void` in front of a call says that its result is not waited for, whatever it is.
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // Text is taken apart into code points on purpose: readers type characters outside the BMP.
      '@typescript-eslint/no-misused-spread': 'off',
      // `return refuse(res)` ends a handler early in one line.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Under noUncheckedIndexedAccess an index that a loop has checked needs its `!`.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Documents of a database are records with computed keys.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // A port's operations are asynchronous even where one adapter has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Generic helpers such as JSON readers say what the caller expects.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['miniprogram/**/*.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'wx', message: 'wx is called in miniprogram/services/ and app.ts only.' },
      ],
      'no-restricted-syntax': ['error', noCloudCall, noTakingCloudApart],
      // `data: { books: [] as Book[] }` is how a component says what its data will hold.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['miniprogram/services/**/*.ts', 'miniprogram/app.ts'],
    rules: { 'no-restricted-globals': 'off' },
  },
  {
    files: ['miniprogram/services/api.ts'],
    rules: { 'no-restricted-syntax': ['error', noTakingCloudApart] },
  },
  {
    // Answers that crossed a wire are read as they come in tests, and asserted upon.
    files: ['test/**/*.ts', 'tools/official/test/**/*.ts', 'tools/cloud-smoke/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // WeChat rejects with plain objects, and so do its stand-ins.
      '@typescript-eslint/only-throw-error': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Programs that talk to the person who runs them; in the preview that is the browser's console.
    files: ['tools/**/*.ts', 'bench/**/*.ts', 'local/preview/browser/**/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['miniprogram/**/*.wxml'],
    plugins: { wxml },
    languageOptions: { parser: wxmlParser },
    rules: {
      'wxml/report-wxml-syntax-error': 'error',
      'wxml/report-wxs-syntax-error': 'error',
      'wxml/report-interpolation-error': 'error',
      'wxml/wx-key': 'error',
      'wxml/no-dynamic-wx-key': 'error',
      'wxml/no-duplicate-attributes': 'error',
      'wxml/no-inconsistent-tagname': 'error',
      'wxml/no-unexpected-string-bool': 'error',
      'wxml/no-wx-if-string': 'error',
      'wxml/no-wx-for-with-wx-if': 'error',
      'wxml/no-wx-for-with-wx-else': 'error',
      'wxml/no-vue-directive': 'error',
      'wxml/no-inline-wxs': 'error',
      'wxml/wxs-module-prop': 'error',
      'wxml/wxs-must-be-top-level': 'error',
    },
  },
);
