import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { readExchanges, replayHttp } from '../../support/replay-http';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { NOW } from '../../support/fake-folio';
import { connectTo } from './support';

const fixtures = path.join(__dirname, '../../fixtures/folio');
const access = { ref: '8bbac557-d66f-4571-bbbf-47a107cc1580' };

/** What the adapter makes of these exchanges, each of which must be asked for once and nothing else. */
async function play<T>(numbers: string[], ask: (system: ConnectedSystem) => Promise<T>): Promise<T> {
  const peer = await replayHttp(readExchanges(fixtures, ...numbers));
  const { system } = await connectTo({ okapiUrl: peer.url, edgeUrl: peer.url, clock: { at: NOW } });
  try {
    return await ask(system);
  } finally {
    await system.close();
    await peer.finish();
  }
}

describe('the examples of edge-patron’s specification', () => {
  it('are a loan', async () => {
    expect(await play(['01', '02', '03', '06'], (system) => system.loans!.list(access))).toEqual({
      loans: [
        {
          loanId: '9a171a89-baca-4f1a-b2c4-d7253854864e',
          bibId: '6e024cd5-c19a-4fe0-a2cd-64ce5814c694',
          itemBarcode: '326547658598',
          title: 'Some Book About Something',
          author: 'Some Guy; Another Guy',
          loanedAt: '2018-06-01T19:12:00+08:00',
          dueAt: '2525-01-01T19:12:00+08:00',
          overdue: false,
          renewal: { allowed: true, unsure: true },
        },
      ],
    });
  });

  it('are holds, with a place in the queue where it is told', async () => {
    const pickup = { code: 'ebab9ccc-4ece-4f35-bc82-01f3325abed8', name: 'Circ Desk 1' };
    const answer = await play(['01', '02', '04', '07'], (system) => system.holds!.list(access));
    expect(answer).toMatchObject({
      holds: [
        { holdId: '8bbac557-d66f-4571-bbbf-47a107cc1589', status: 'waiting', pickup },
        { status: 'waiting', position: 1, placedAt: '2018-06-03T16:16:30+08:00', pickup },
      ],
    });
    expect('holds' in answer && answer.holds[0]).not.toHaveProperty('position');
  });

  it('are a charge', async () => {
    expect(await play(['01', '02', '05'], (system) => system.fines!.list(access))).toEqual({
      fines: [
        {
          fineId: '881c628b-e1c4-4711-b9d7-090af40f6a8f',
          amountCents: 5000,
          reason: 'damage',
          libraryText: 'damage - rebinding',
          title: 'Some Book About Something',
          date: '2018-01-31',
          running: false,
        },
      ],
    });
  });

  it('are a renewal refused', async () => {
    const [loanId] = ['9a171a89-baca-4f1a-b2c4-d7253854864e'];
    expect(await play(['01', '02', '03', '08'], (system) => system.loans!.renew(access, [loanId]))).toEqual([
      {
        loanId,
        status: 'refused',
        code: 'TOO_MANY_RENEWALS',
        libraryText: 'loan has reached its maximum number of renewals',
      },
    ]);
  });
});
