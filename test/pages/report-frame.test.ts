import { beforeEach, describe, expect, it } from '@jest/globals';
import { coloursOf } from '../../miniprogram/packages/report/palette';
import { fakePhone, type Phone } from './support/fake-wx';
import { open, type Opened } from './support/open-page';

let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
});

describe('the frame of a story', () => {
  const FRAME = 'packages/report/story-frame/story-frame';
  function openFrame(change: Record<string, unknown> = {}): { frame: Opened; turns: string[] } {
    const frame = open(FRAME, { at: 1, of: 3, ...change });
    const turns: string[] = [];
    frame.instance['triggerEvent'] = (name: unknown) => void turns.push(String(name));
    frame.instance['start']?.();
    return { frame, turns };
  }
  const touch = (clientX: number, timeStamp = 0) => ({
    timeStamp,
    touches: [{ clientX, clientY: 0 }],
    changedTouches: [{ clientX, clientY: 0 }],
  });
  /** A finger that comes down at one place and goes up at another. */
  function move(frame: Opened, from: number, to: number, ms = 80): void {
    frame.instance['onTouchStart']?.(touch(from));
    frame.instance['onTouchEnd']?.(touch(to, ms));
  }

  it('turns by swipe, by a tap at its sides, by keys and by buttons', () => {
    const { frame, turns } = openFrame();
    move(frame, 300, 100);
    move(frame, 100, 300);
    move(frame, 300, 303);
    move(frame, 20, 20);
    phone.press('ArrowRight');
    phone.press('ArrowLeft');
    frame.instance['onNext']?.();
    frame.instance['onPrevious']?.();
    expect(turns).toEqual(['next', 'previous', 'next', 'previous', 'next', 'previous', 'next', 'previous']);
    phone.press('End');
    expect(turns.at(-1)).toBe('skip');
    frame.instance['stop']?.();
    phone.press('ArrowRight');
    expect(turns.at(-1)).toBe('skip');
  });

  it('stops at its ends', () => {
    const { frame, turns } = openFrame({ at: 2, atEnd: true });
    frame.instance['onNext']?.();
    move(frame, 20, 20);
    expect(turns).toEqual([]);
  });

  it('takes a long press for no tap, and leaves a tap on a book to the book', () => {
    const { frame, turns } = openFrame();
    move(frame, 300, 300, 800);
    frame.instance['onBookTouched']?.();
    move(frame, 300, 300);
    expect(turns).toEqual([]);
    move(frame, 300, 300);
    expect(turns).toEqual(['next']);
  });

  it('has the colours of its card, and those of the night when it gets dark', () => {
    const card = {
      kind: 'totals',
      layout: 'figure',
      colour: 'i',
      label: '',
      figure: '',
      lines: [],
      books: [],
      words: [],
    };
    const { frame } = openFrame({ card });
    expect(frame.data).toMatchObject(coloursOf('i', 'light'));
    expect(phone.bars.at(-1)).toBe(coloursOf('i', 'light').ground);
    phone.darken();
    expect(frame.data).toMatchObject(coloursOf('i', 'dark'));
    expect(phone.bars.at(-1)).toBe(coloursOf('i', 'dark').ground);
  });

  it('does not slide where the reader wants less of it', async () => {
    const { changeSettings } = await import('../../miniprogram/services/settings');
    changeSettings({ lessMotion: true });
    const { frame } = openFrame();
    expect(frame.data['calm']).toBe(true);
    expect(frame.find('.sheet')?.dom.className).not.toMatch(/\bnext\b/);
    changeSettings({ lessMotion: false });
  });
});
