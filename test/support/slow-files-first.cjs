const { default: Sequencer } = require('@jest/test-sequencer');

/**
 * What takes longest, longest first, as measured on two cores. Jest remembers how long each file took; on a machine
 * where it has not run yet it goes by the size of files, and a slow one that begins last leaves the other cores idle.
 */
const SLOW = [
  'features/messages/job/cut-off',
  'features/report-job-late',
  'features/report-staff',
  'features/report-job-kill',
  'tools/report/history-import-resume',
  'e2e/annual-report',
  'e2e/onboarding',
  'features/report-job',
  'features/report-job-import',
  'features/feedback/cut-off',
  'e2e/messages',
  'e2e/customer-service',
  'features/feedback/pictures',
  'features/messages/job/telling',
  'features/messages/job/sending',
  'tools/onboarding/import',
  'features/onboarding',
  'features/report-actions-erasure',
  'features/erase-tries',
  'emulator/kill',
  'preview/browser',
  'library-systems/circulation/kill',
  'e2e/find-a-book',
  'features/read-bounds',
  'e2e/semester-morning',
  'e2e/own-systems',
  'features/loans',
  'library-systems/shared/fuzz',
  'emulator/start',
  'tools/lint-rules',
  'gateway/process',
  'library-systems/demo',
  'features/privacy',
  'tools/ci-run',
  'library-systems/setup/compose',
  'features/sign-in-systems',
  'pages/slow-note',
  'emulator/functions',
  'emulator/open-api',
  'features/cut-off-changes',
  'emulator/database/kill',
  'library-systems/folio/conformance',
  'library-systems/koha/conformance',
].map((name) => `/test/${name}.test.ts`);

const place = ({ path }) => {
  const at = SLOW.findIndex((end) => path.split('\\').join('/').endsWith(end));
  return at < 0 ? SLOW.length : at;
};

/** The slow files first, the others as jest would have them. */
module.exports = class extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    return [...sorted].sort((a, b) => place(a) - place(b));
  }
};
