import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fill } from '../../miniprogram/i18n';
import { compareCallNumbers } from '../../miniprogram/lib/compare-call-numbers';
import { checkOrder, checkShelf } from '../../miniprogram/packages/onboarding/exercise/check-exercise';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { open, until } from './support/open-page';

let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
});

describe('the exercise', () => {
  const book = (callNumber: string) => ({ title: `书 ${callNumber}`, callNumber });
  const SHELVED = ['I242.4/C807', 'I247.5/123', 'I247.57/123', 'I247.57/200', 'TP312/A1'].map(book);

  it('explains the first two that stand the wrong way round', () => {
    expect(checkOrder(SHELVED, zh)).toMatchObject({ right: true });
    const [a, b, c, d, e] = SHELVED;
    expect(checkOrder([a!, c!, b!, d!, e!], zh)).toEqual({
      right: false,
      words: fill(zh.exercise.wrongClass, { a: 'I247.57/123', b: 'I247.5/123', x: 'I247.57', y: 'I247.5' }),
      mixedUp: ['I247.57/123', 'I247.5/123'],
    });
    expect(checkOrder([d!, c!], zh).words).toBe(
      fill(zh.exercise.wrongNumber, { a: 'I247.57/200', b: 'I247.57/123', x: '200', y: '123' }),
    );
  });

  it('calls exactly those rows right that are in shelf order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(SHELVED, { minLength: 2 }), (row) => {
        const sorted = [...row].sort((x, y) => compareCallNumbers(x.callNumber, y.callNumber) ?? 0);
        const isSorted = row.every((one, at) => one === sorted[at]);
        expect(checkOrder(row, zh).right).toBe(isSorted);
      }),
    );
  });

  it('says on which side of a shelf a book stands', () => {
    const range = { from: 'I247.5/123', to: 'I247.57/123' };
    expect(checkShelf(range, book('I247.53/5'), zh).right).toBe(true);
    const words = { book: 'I242.4/C807', ...range };
    expect(checkShelf(range, book('I242.4/C807'), zh).words).toBe(fill(zh.exercise.shelfBefore, words));
    expect(checkShelf(range, book('TP312/A1'), zh).words).toContain('往后找');
  });

  const data = {
    books: [SHELVED[3]!, SHELVED[0]!, SHELVED[1]!],
    shelves: {
      ranges: [
        { from: 'B84/1', to: 'B848/9' },
        { from: 'I247.5/1', to: 'I247.57/9' },
      ],
      book: book('I247.53/5'),
    },
  };
  const at = (place: number) => ({ currentTarget: { dataset: { at: place } } });

  it('takes books in the order of the taps, explains, lets one put back, and goes on to the shelf', async () => {
    phone.answers['onboarding.exercise'] = ok(data);
    const page = open('packages/onboarding/exercise/exercise', {});
    await until(() => page.data['state'] === 'order');
    page.instance['onTake']?.(at(0));
    page.instance['onTake']?.(at(0));
    expect(page.text()).not.toContain('应该在');
    page.instance['onTake']?.(at(0));
    expect(page.text()).toContain('I242.4/C807 应该在 I247.57/200 前面');
    page.instance['onPutBack']?.(at(0));
    page.instance['onTake']?.(at(0));
    expect(page.text()).toContain(zh.exercise.right);
    page.instance['onGoOn']?.();
    expect(page.text()).toContain(zh.exercise.shelfTask);
    page.instance['onShelf']?.(at(0));
    expect(page.text()).toContain('往后找');
    page.instance['onShelf']?.(at(1));
    expect(page.text()).toContain('排在 I247.5/1 和 I247.57/9 之间');
    page.instance['onAnother']?.();
    await until(() => page.data['state'] === 'order');
    expect(page.data['row']).toEqual([]);
  });

  it('tells a library that has none from one that cannot be asked', async () => {
    phone.answers['onboarding.exercise'] = ok({ books: [] });
    const none = open('packages/onboarding/exercise/exercise', {});
    await until(() => none.data['state'] === 'none');
    phone.answers['onboarding.exercise'] = fault('LIBRARY_UNREACHABLE');
    const error = open('packages/onboarding/exercise/exercise', {});
    await until(() => error.data['state'] === 'error');
    phone.answers['onboarding.exercise'] = ok(data);
    error.instance['onAnother']?.();
    await until(() => error.data['state'] === 'order');
  });
});
