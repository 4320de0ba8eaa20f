import type { Named } from '../../contracts/catalog';
import type { OnboardingSettings } from '../../contracts/onboarding/settings';

/** What of a card decides whether the onboarding is asked of its owner. */
export interface Belonging {
  readerType: Pick<Named, 'code'>;
  grade?: string | undefined;
}

/** The first year from 2000 to 2100 that a grade names; undefined when it names none. */
export function entryYearOf(grade: string | undefined): number | undefined {
  const [year] = /(?<!\d)(?:20\d\d|2100)(?!\d)/.exec(grade ?? '') ?? [];
  return year === undefined ? undefined : Number(year);
}

/** Whether the library asks it of this reader; not of those whose year of entry is not known. */
export function isAskedOf({ readerType, grade }: Belonging, { requiredOf }: OnboardingSettings): boolean {
  const year = entryYearOf(grade);
  return requiredOf.some(
    ({ readerTypes, fromEntryYear }) =>
      year !== undefined &&
      year >= fromEntryYear &&
      (readerTypes === undefined || readerTypes.includes(readerType.code)),
  );
}
