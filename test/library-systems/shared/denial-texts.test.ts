import { describe, expect, it } from '@jest/globals';
import type { DenialCode } from '../../../contracts/denials';
import { denialTexts } from '../../../library-systems/denial-texts';

const builtIn: [RegExp, DenialCode][] = [
  [/on hold|预约/iu, 'ON_HOLD'],
  [/too many/iu, 'TOO_MANY_RENEWALS'],
];

describe('the library’s words for a refusal', () => {
  it('keep standing beside the code that they mean', () => {
    const map = denialTexts([], builtIn, {});
    expect(map('  该书已被预约 ')).toEqual({ code: 'ON_HOLD', libraryText: '该书已被预约' });
    expect(map('Too many renewals')).toEqual({ code: 'TOO_MANY_RENEWALS', libraryText: 'Too many renewals' });
  });

  it('mean what the site says before what the adapter says, in the order of the site', () => {
    const site = [
      { pattern: '寒假.*预约', code: 'TOO_SOON' as const },
      { pattern: '预约', code: 'RECALLED' as const },
    ];
    const map = denialTexts(site, builtIn, {});
    expect(map('寒假期间不受理预约').code).toBe('TOO_SOON');
    expect(map('已被预约').code).toBe('RECALLED');
  });

  it('that nobody knows are OTHER and reported, or what the adapter took them for, unreported', () => {
    const unmapped: string[] = [];
    const map = denialTexts([], builtIn, { unmapped: (text) => unmapped.push(text) });
    expect(map('系统忙')).toEqual({ code: 'OTHER', libraryText: '系统忙' });
    expect(map('Invalid password', 'BAD_PIN')).toEqual({ code: 'BAD_PIN', libraryText: 'Invalid password' });
    expect(map('')).toEqual({ code: 'OTHER' });
    expect(unmapped).toEqual(['系统忙']);
  });
});
