/** The proofs that the official gates really fail: they need what only CI installs. */
const [node] = require('../../jest.config.cjs').projects;

/** @type {import('jest').Config} */
module.exports = {
  ...node,
  displayName: 'official',
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: [],
};
