import * as v from 'valibot';
import { Count, LocalDate } from '../fields';
import { GATED_SERVICES } from './index';

const Between = (least: number, most: number) =>
  v.pipe(Count, v.minValue(least, `at least ${least}`), v.maxValue(most, `at most ${most}`));

/** Whom the onboarding is asked of: all of what is named must fit. */
export const Requirement = v.strictObject({
  /** Codes of reader types as the library's system gives them; absent: all. */
  readerTypes: v.optional(
    v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.minLength(1)),
  ),
  /** First year of entry; readers who entered before, or whose year is not known, are exempt. */
  fromEntryYear: v.pipe(Count, v.minValue(2000), v.maxValue(2100)),
});

/** How a library wants its onboarding. Without any requirement it is offered to all and asked of nobody. */
export const OnboardingSettings = v.strictObject({
  requiredOf: v.optional(v.pipe(v.array(Requirement), v.maxLength(20)), []),
  /** What waits for it. Never renewal: that would only create fines. */
  services: v.optional(v.array(v.picklist(GATED_SERVICES)), [...GATED_SERVICES]),
  /** Of 100. */
  passMark: v.optional(Between(50, 100), 80),
  minutes: v.optional(Between(5, 180), 30),
  pauseAfter: v.optional(Between(1, 20), 3),
  pauseMinutes: v.optional(Between(0, 1440), 10),
  mustRead: v.optional(v.boolean(), true),
  window: v.optional(
    v.pipe(
      v.strictObject({ from: LocalDate, to: LocalDate }),
      v.check(({ from, to }) => from <= to, 'ends before it begins'),
    ),
  ),
});
export type OnboardingSettings = v.InferOutput<typeof OnboardingSettings>;
