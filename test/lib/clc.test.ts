import { describe, expect, it } from '@jest/globals';
import { CLC_LETTERS, clcClass, clcColour } from '../../miniprogram/lib/clc';

describe('clcClass', () => {
  it('knows the 22 main classes, each with a name of its own in both languages', () => {
    const classes = CLC_LETTERS.map((letter) => clcClass(letter));
    expect(classes).toHaveLength(22);
    expect(new Set(classes.map((known) => known?.zh)).size).toBe(22);
    expect(new Set(classes.map((known) => known?.en)).size).toBe(22);
  });

  it.each([
    ['I247.57/123', '文学'],
    ['tp312', '工业技术'],
    [' K', '历史、地理'],
  ])('finds the class of %j', (text, name) => {
    expect(clcClass(text)?.zh).toBe(name);
  });

  it.each([undefined, '', 'L1', 'M', 'W', 'Y', '005.133', '红'])('knows none for %j', (text) => {
    expect(clcClass(text)).toBeUndefined();
    expect(clcColour(text)).toBe('none');
  });
});
