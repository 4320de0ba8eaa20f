const { availableParallelism } = require('node:os');

const swc = [
  '@swc/jest',
  {
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
];
const project = (displayName, folders, extra = {}) => ({
  displayName,
  testEnvironment: 'node',
  testMatch: folders.map((f) => `<rootDir>/test/${f}/**/*.test.ts`),
  transform: { '\\.(ts|js|mjs)$': swc },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.shutong/', '<rootDir>/.cache/'],
  ...extra,
});

/** @type {import('jest').Config} */
module.exports = {
  // Jest keeps one core for itself, which it hardly uses; and tests of time limits, kills and browsers wait more than
  // they work, so that half as many again as there are cores keep the cores busy.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  // A test that hangs is found; one that is slow on a busy machine is not at fault.
  testTimeout: 60_000,
  testSequencer: './test/support/slow-files-first.cjs',
  projects: [
    project('node', [
      'contracts',
      'features',
      'library-systems',
      'gateway',
      'emulator',
      'preview',
      'tools',
      'lib',
    ]),
    project('pages', ['pages'], {
      testEnvironment: 'jsdom',
      setupFilesAfterEnv: ['<rootDir>/test/pages/support/end-timers.ts'],
      transformIgnorePatterns: ['/node_modules/(?!tdesign-miniprogram)'],
    }),
    project('e2e', ['e2e']),
  ],
};
