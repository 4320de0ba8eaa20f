import { beforeEach, describe, expect, it } from '@jest/globals';
import type { PlaceHoldInput, Step } from '../../contracts/holds';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { hold } from './support/loans';
import { open, until, type Opened } from './support/open-page';

let phone: Phone;
const PLACES = [
  { code: 'main', name: '主馆' },
  { code: 'east', name: '东馆' },
];

beforeEach(() => {
  phone = fakePhone();
});

const asked = () =>
  phone.calls
    .filter(({ action }) => action === 'holds.place')
    .map(({ input }) => input as unknown as PlaceHoldInput);
const start = (): Opened =>
  open('pages/book/hold-sheet/hold-sheet', { visible: true, bibId: 'b1', itemId: '' });
const answer = (step: Step): void => void (phone.answers['holds.place'] = ok(step));

async function toConfirm(): Promise<Opened> {
  answer({ status: 'choose', options: PLACES });
  const sheet = start();
  await until(() => sheet.data['state'] === 'choose');
  answer({ status: 'confirm', text: '到馆后保留三天', feeCents: 100 });
  sheet.instance['onPlace']?.({ currentTarget: { dataset: { code: 'east' } } });
  expect(JSON.stringify(sheet.data['words'])).toContain('东馆');
  expect(asked()).toHaveLength(1);
  sheet.instance['onCheck']?.();
  await until(() => sheet.data['state'] === 'confirm');
  return sheet;
}

describe('placing a hold', () => {
  it('asks where, then whether, then says the place in the queue', async () => {
    const sheet = await toConfirm();
    expect(JSON.stringify(sheet.data['words'])).toContain('¥1.00');
    answer({ status: 'done', hold: hold({ pickup: PLACES[1]! }) });
    sheet.instance['onConfirm']?.();
    await until(() => sheet.data['state'] === 'done');
    const words = JSON.stringify(sheet.data['words']);
    for (const part of [zh.hold.done, '第 2 位', '东馆']) expect(words).toContain(part);
    expect(asked().map(({ pickup, confirm }) => [pickup, confirm])).toEqual([
      [undefined, undefined],
      ['east', undefined],
      ['east', true],
    ]);
    expect(new Set(asked().map(({ requestId }) => requestId)).size).toBe(3);
  });

  it('asks again under the same request id after a lost answer', async () => {
    const sheet = await toConfirm();
    phone.answers['holds.place'] = lost;
    sheet.instance['onConfirm']?.();
    await until(() => sheet.data['state'] === 'error');
    answer({ status: 'done' });
    sheet.instance['onConfirm']?.();
    await until(() => sheet.data['state'] === 'done');
    const confirmed = asked().filter(({ confirm }) => confirm);
    expect(confirmed.length).toBeGreaterThan(1);
    expect(new Set(confirmed.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('offers to watch a book that cannot be held', async () => {
    answer({ status: 'refused', code: 'NOT_HOLDABLE', libraryText: '仅供阅览' });
    phone.answers['holds.watch'] = ok({ watches: [] });
    const sheet = start();
    await until(() => sheet.data['state'] === 'refused');
    expect(JSON.stringify(sheet.data['words'])).toContain('仅供阅览');
    expect(sheet.data['canWatch']).toBe(true);
    sheet.instance['onWatch']?.();
    await until(() => phone.toasts.includes(zh.hold.watchOn));
  });

  it('lets another place be chosen when the library does not send it to that one', async () => {
    const sheet = await toConfirm();
    answer({ status: 'refused', code: 'BAD_PICKUP', libraryText: '该馆不接受' });
    sheet.instance['onConfirm']?.();
    await until(() => sheet.data['state'] === 'refused');
    expect(sheet.data['badPlace']).toBe(true);
    sheet.instance['onBack']?.();
    expect(sheet.data['state']).toBe('choose');
    expect(sheet.data['places']).toEqual(PLACES);
  });

  it('does not offer to watch what the reader has already', async () => {
    answer({ status: 'refused', code: 'DUPLICATE' });
    const sheet = start();
    await until(() => sheet.data['state'] === 'refused');
    expect(sheet.data['canWatch']).toBe(false);
  });

  it('says that nobody knows when the library’s answer was lost', async () => {
    answer({ status: 'unknown' });
    const sheet = start();
    await until(() => sheet.data['state'] === 'unknown');
    expect(JSON.stringify(sheet.data['words'])).toContain(zh.hold.unknownHint);
  });

  it('leads to binding first', async () => {
    phone.answers['holds.place'] = fault('CARD_NOT_BOUND');
    const sheet = start();
    await until(() => sheet.data['state'] === 'unbound');
    sheet.instance['onBind']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('holds a certain copy where one was chosen', async () => {
    answer({ status: 'done' });
    const sheet = open('pages/book/hold-sheet/hold-sheet', { visible: true, bibId: 'b1', itemId: 'i7' });
    await until(() => sheet.data['state'] === 'done');
    expect(asked()[0]?.target).toEqual({ itemId: 'i7' });
  });
});
