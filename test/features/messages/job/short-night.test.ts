import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { LocalCloud } from '../../../support/local-cloud';
import { READERS, type ReaderName } from '../../support/readers';
import {
  at,
  beatAt,
  begin,
  enrol,
  holdOf,
  loanOf,
  MINUTE,
  MORNING,
  NIGHT,
  startMessageCloud,
  storedPlans,
  taken,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let library: ScriptedLibrary;
beforeAll(async () => {
  ({ cloud, library } = await startMessageCloud());
});
afterAll(() => cloud.stop());
beforeEach(() => begin(cloud, library));

const DUE = '2026-11-28';

it('whom the library did not answer about all night is looked at by day', async () => {
  const { ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
  library.loans.set(ref, [loanOf('1', DUE)]);
  library.fail(() => true);
  for (const time of ['23:00', '23:30']) await beatAt(cloud, at(`2026-11-24T${time}`));
  for (const time of ['02:00', '05:00', '07:30']) await beatAt(cloud, at(`2026-11-25T${time}`));
  library.fail(() => false);
  await beatAt(cloud, at('2026-11-25T10:00'));
  await beatAt(cloud, at('2026-11-25T10:01'));
  expect(taken(cloud)).toHaveLength(1);
  // once is enough
  const { loans } = library.asked;
  await beatAt(cloud, at('2026-11-25T15:00'));
  expect(library.asked.loans).toBe(loans);
});

it('whom nobody was asked about any more when the library was found to be away is looked at by day', async () => {
  const names = Object.keys(READERS).filter((who) => who !== 'lost' && who !== 'expired') as ReaderName[];
  for (const who of names) {
    const { ref } = await enrol(cloud, who, { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf(who, DUE)]);
  }
  library.fail(() => true);
  await beatAt(cloud, MORNING - MINUTE);
  expect(library.asked.loans).toBeLessThan(names.length);
  library.fail(() => false);
  await beatAt(cloud, MORNING + 10 * MINUTE);
  await beatAt(cloud, MORNING + 11 * MINUTE);
  expect(taken(cloud)).toHaveLength(names.length);
});

it('whoever waited for a hold and is not served by day any more is looked at in the night', async () => {
  const { ref } = await enrol(cloud, 'twenty');
  library.holds.set(ref, [holdOf('h', 'waiting')]);
  await beatAt(cloud, NIGHT);
  expect((await storedPlans(cloud))[0]).toMatchObject({ waits: true });
  library.holds.set(ref, []);
  await beatAt(cloud, at('2026-11-25T11:00'));
  expect((await storedPlans(cloud))[0]).not.toHaveProperty('waits');
  expect((await storedPlans(cloud))[0]!.lookAt).toBe(at('2026-11-25T22:00'));
});
