import { jest } from '@jest/globals';
import { DEFAULT_RESILIENCE, makeResilient } from '../../../library-systems/resilience';
import { describeLibrarySystem } from '../describe-library-system';
import { openDemo } from '../support/demo';

// Opening the demo library takes a second or two on a busy machine.
jest.setTimeout(60_000);

describeLibrarySystem(
  'demo under guard',
  async () => {
    const demo = await openDemo();
    return { system: makeResilient(demo.system, DEFAULT_RESILIENCE).system, close: demo.close };
  },
  { frequentWord: '历史' },
);
