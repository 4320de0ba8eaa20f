import fc from 'fast-check';
import { entryYearOf, isAskedOf } from '../../cloudfunctions/readers/onboarding-demand';
import type { OnboardingSettings } from '../../contracts/onboarding/settings';

const ug = { code: 'UG', name: '本科生' };
const asked = (requiredOf: OnboardingSettings['requiredOf']) => ({ requiredOf }) as OnboardingSettings;

it.each([
  ['2026级', 2026],
  ['本科2026', 2026],
  ['2000', 2000],
  ['2100级', 2100],
  ['2026-2030', 2026],
  ['1999级', undefined],
  ['2101级', undefined],
  ['大一', undefined],
  ['', undefined],
  [undefined, undefined],
  // a number that only holds a year is none
  ['2026110021', undefined],
  ['120263', undefined],
])('the year of entry of %j is %j', (grade, year) => {
  expect(entryYearOf(grade)).toBe(year);
});

it('is asked of nobody where nothing is required, and of nobody whose year is not known', () => {
  expect(isAskedOf({ readerType: ug, grade: '2026级' }, asked([]))).toBe(false);
  expect(isAskedOf({ readerType: ug }, asked([{ fromEntryYear: 2000 }]))).toBe(false);
});

it('is asked of exactly those whom one requirement names', () => {
  const requirement = fc.record({
    readerTypes: fc.option(fc.uniqueArray(fc.constantFrom('UG', 'PG', 'T'), { minLength: 1 }), {
      nil: undefined,
    }),
    fromEntryYear: fc.integer({ min: 2000, max: 2100 }),
  });
  fc.assert(
    fc.property(
      fc.array(requirement, { maxLength: 5 }),
      fc.constantFrom('UG', 'PG', 'T'),
      fc.integer({ min: 2000, max: 2100 }),
      (requirements, code, year) => {
        let expected = false;
        for (const { readerTypes, fromEntryYear } of requirements) {
          if (fromEntryYear > year) continue;
          if (!readerTypes || readerTypes.some((type) => type === code)) expected = true;
        }
        const reader = { readerType: { code, name: '' }, grade: `${year}级` };
        expect(isAskedOf(reader, asked(requirements as OnboardingSettings['requiredOf']))).toBe(expected);
      },
    ),
  );
});
