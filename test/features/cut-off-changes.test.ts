import { LibraryFault } from '../../library-systems/library-fault';
import type { LibrarySystem } from '../../library-systems/library-system';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { intercept } from './support/intercept';
import { bind, fault, READERS, tap } from './support/readers';

const library = intercept();
/** Renewals from the how-manieth on do not reach the library. */
let cutFrom = Infinity;
let cloud: LocalCloud;

const cutting = (wrapped: LibrarySystem): LibrarySystem => ({
  ...wrapped,
  loans: {
    ...wrapped.loans!,
    renew: async (access, loanIds) => {
      if (library.asked['loans.renew'] + 1 >= cutFrom) throw new LibraryFault('UNREACHABLE', 'cut');
      return wrapped.loans!.renew(access, loanIds);
    },
  },
});

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: (system) => cutting(library.wrap(system)) });
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cutFrom = Infinity;
});

it('tells what was renewed when the library goes away between two batches, and repeats none of it', async () => {
  await bind(cloud, 'department', 'o-department');
  const requestId = tap();
  cutFrom = library.asked['loans.renew'] + 2;
  const first = dataOf(await cloud.call('loans.renewAll', { requestId }, 'o-department'));
  const said = (status: string) => first.outcomes.filter((one) => one.status === status);
  expect(first.outcomes).toHaveLength(120);
  expect(said('renewed')).toHaveLength(100);
  expect(new Set(said('refused').map((one) => 'code' in one && one.code))).toEqual(new Set(['OFFLINE']));
  const asked = library.asked['loans.renew'];
  cutFrom = Infinity;
  expect(dataOf(await cloud.call('loans.renewAll', { requestId }, 'o-department'))).toEqual(first);
  expect(library.asked['loans.renew']).toBe(asked);
});

it.each(['cards.unbind', 'privacy.erase'] as const)(
  'renews nothing for a card that ended by %s while the renewal was on its way, and keeps nothing of it',
  async (ending) => {
    const openid = `o-${ending.replace('.', '-')}`;
    await bind(cloud, 'staff', openid);
    const listed = await cloud.library.loans!.list({ ref: READERS.staff.ref });
    if ('denied' in listed) throw new Error(listed.denied.code);
    const { itemBarcode } = listed.loans.find(({ renewal }) => renewal.allowed)!;
    const asked = library.asked['loans.renew'];
    // a scan is looked up among the loans before the reader's turn to write comes
    library.after('loans.list', async () => {
      dataOf(await cloud.call(ending, ending === 'privacy.erase' ? { confirm: true } : {}, openid));
    });
    const answer = await cloud.call('loans.renewScanned', { text: itemBarcode, requestId: tap() }, openid);
    expect(answer).toEqual(fault('CARD_NOT_BOUND'));
    expect(library.asked['loans.renew']).toBe(asked);
    expect(dataOf(await cloud.call('privacy.export', {}, openid)).collections).not.toHaveProperty('requests');
  },
);

it('keeps nothing of requests that were only refused, however many there are', async () => {
  await bind(cloud, 'hard', 'o-hard');
  const listed = await cloud.library.loans!.list({ ref: READERS.hard.ref });
  if ('denied' in listed) throw new Error(listed.denied.code);
  const { loanId } = listed.loans.find(({ renewal }) => !renewal.allowed)!;
  const refused = (data: unknown): void => expect(JSON.stringify(data)).toContain('refused');
  for (let i = 0; i < 5; i++) {
    const call = { loanIds: [loanId], requestId: tap() };
    refused(dataOf(await cloud.call('loans.renew', call, 'o-hard')));
    const hold = { target: { bibId: 'no-such-title' }, requestId: tap() };
    refused(dataOf(await cloud.call('holds.place', hold, 'o-hard')));
  }
  expect(dataOf(await cloud.call('privacy.export', {}, 'o-hard')).collections).not.toHaveProperty('requests');
});
