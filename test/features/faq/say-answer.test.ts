import { describe, expect, it } from '@jest/globals';
import { readFaqContent } from '../../../cloudfunctions/features/messages/faq/content';
import { sayAnswer } from '../../../cloudfunctions/features/messages/faq/say-answer';

const { entries } = readFaqContent();
const entryOf = (id: string) => entries.find((entry) => entry.id === id)!;

describe('an answer', () => {
  it('says what the library has said', () => {
    const said = sayAnswer(entryOf('renewing-times'), 'zh', { renewals: '2', renewalDays: '30' });
    expect(said).toContain('可以续 2 次，每次 30 天');
  });

  it('never says half of it: without one fact it says what is true anyway', () => {
    const entry = entryOf('renewing-times');
    expect(sayAnswer(entry, 'zh', { renewals: '2' })).toBe(entry.otherwise!.zh);
    expect(sayAnswer(entry, 'en', {})).toBe(entry.otherwise!.en);
  });

  it('leaves no braces, whatever the facts hold', () => {
    const facts = { renewals: '{renewalDays}', renewalDays: '$&' };
    expect(sayAnswer(entryOf('renewing-times'), 'en', facts)).toContain('{renewalDays}, of $& days');
    for (const entry of entries) expect(sayAnswer(entry, 'zh', {})).not.toMatch(/[{}]/);
  });
});
