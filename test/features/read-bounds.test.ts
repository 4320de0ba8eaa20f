import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { intercept } from './support/intercept';
import { bind, fault } from './support/readers';

const library = intercept();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
  await bind(cloud, 'none', 'o-eager');
  await bind(cloud, 'twenty', 'o-calm');
}, 60_000);
afterAll(() => cloud.stop());

const READS = [
  ['loans.list', {}],
  ['holds.list', {}],
  ['fines.list', {}],
  ['cards.mine', {}],
  ['cards.pass', {}],
  ['holds.pickupPlaces', { target: { bibId: 'any' } }],
] as const;

it('a reader may read so much at the library and no more, others meanwhile as always, and later again', async () => {
  let answered = 0;
  // what one instance has counted ahead is used up before all of them refuse
  for (let refusals = 0; refusals < 2 && answered <= 700;) {
    const calls = READS.slice(0, 5).flatMap((read) => Array.from({ length: 5 }, () => read));
    const answers = await Promise.all(calls.map(([action, input]) => cloud.call(action, input, 'o-eager')));
    for (const answer of answers) if (!answer.ok) expect(answer).toEqual(fault('BUSY', true));
    const now = answers.filter(({ ok }) => ok).length;
    answered += now;
    refusals = now === 0 ? refusals + 1 : 0;
  }
  expect(answered).toBeLessThanOrEqual(600);
  expect(answered).toBeGreaterThan(500);
  const asked = { ...library.asked };
  for (const [action, input] of READS)
    expect(await cloud.call(action, input, 'o-eager')).toEqual(fault('BUSY', true));
  expect(library.asked).toEqual(asked);
  expect(dataOf(await cloud.call('loans.list', {}, 'o-calm'))).toMatchObject({ state: 'fresh' });
  // erasing lets a reader begin anew, but only so often (erase-tries.test.ts)
  cloud.clock.set(Date.now() + 10 * 60_000);
  expect(dataOf(await cloud.call('loans.list', {}, 'o-eager'))).toMatchObject({ state: 'fresh' });
}, 120_000);

it('nothing is noted of somebody who has no card', async () => {
  for (const [action, input] of READS) await cloud.call(action, input, 'o-stranger');
  const { rates: [exported, ...others] = [] } = dataOf(
    await cloud.call('privacy.export', {}, 'o-stranger'),
  ).collections;
  expect([exported?.['_id'], others]).toEqual(['o-stranger:privacy.export', []]);
});
