import * as v from 'valibot';
import { feedbackStaffApi } from './feedback-staff';
import { Count, Timestamp } from './fields';
import { PaperItem, ReaderCode } from './onboarding';
import { BankItem } from './onboarding/bank';
import { OnboardingSettings } from './onboarding/settings';
import { ModuleId } from './onboarding/words';
import { NoOutput } from './fields';
import { messagesStaffApi } from './messages/staff';
import { reportStaffApi } from './report/staff';

/** Who gives the order, for the audit: a name or a work number that the library knows; at most 64 characters. */
const By = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));
const Reason = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));

/** Most items of a bank, and of one slice of it. */
export const MAX_BANK_ITEMS = 4_000;
export const MAX_SLICE_ITEMS = 50;
/** A bank on its way in, known by the digest of its content. */
const Draft = v.pipe(v.string(), v.regex(/^[a-f0-9]{16}$/));

const Group = v.object({
  college: v.string(),
  grade: v.string(),
  /** Readers who have opened the onboarding. */
  begun: Count,
  passed: Count,
  waived: Count,
});
const ItemStatistic = v.object({
  id: v.string(),
  version: Count,
  module: ModuleId,
  asked: Count,
  /** Share of right answers, 0 to 1. */
  difficulty: v.number(),
  /** Correlation of this item with the rest of the paper, -1 to 1; absent where it cannot be told. */
  discrimination: v.optional(v.number()),
});

/** What the library's staff may order; only ever called with the cloud environment's own keys. */
export const staffApi = {
  'onboarding.putSlice': {
    input: v.object({
      by: By,
      draft: Draft,
      slice: v.pipe(Count, v.maxValue(200)),
      items: v.pipe(v.array(BankItem), v.minLength(1), v.maxLength(MAX_SLICE_ITEMS)),
    }),
    output: NoOutput,
  },
  /** Makes a draft the bank from now on, whole or not at all; papers that are open stay as they are. */
  'onboarding.publish': {
    input: v.object({
      by: By,
      draft: Draft,
      slices: v.pipe(Count, v.minValue(1), v.maxValue(200)),
      items: v.pipe(Count, v.minValue(1), v.maxValue(MAX_BANK_ITEMS)),
    }),
    output: v.object({
      version: v.string(),
      changed: v.boolean(),
      /** The bank that this one took the place of; it can still be asked for. */
      before: v.optional(v.string()),
    }),
  },
  /** A bank that was published, with its keys, part by part; that of now if no version is named. */
  'onboarding.bank': {
    input: v.object({ by: By, version: v.optional(Draft), slice: v.pipe(Count, v.maxValue(200)) }),
    output: v.object({ version: v.string(), items: v.array(BankItem), last: v.boolean() }),
  },
  'onboarding.settings': {
    input: v.object({ by: By, settings: v.optional(OnboardingSettings) }),
    output: v.object({
      settings: OnboardingSettings,
      /** The bank that papers are drawn from; absent before the first one. */
      bank: v.optional(v.object({ version: v.string(), items: Count })),
    }),
  },
  'onboarding.preview': {
    input: v.object({ by: By, seed: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) }),
    output: v.object({
      version: v.string(),
      items: v.array(v.object({ ...PaperItem.entries, id: v.string(), right: v.array(Count) })),
    }),
  },
  'onboarding.waive': {
    input: v.object({ by: By, reason: Reason, reader: ReaderCode, on: v.boolean() }),
    output: NoOutput,
  },
  'onboarding.extraTime': {
    /** Minutes on top of the ordinary time, 0 takes them back; also for a paper that is open. */
    input: v.object({ by: By, reason: Reason, reader: ReaderCode, minutes: v.pipe(Count, v.maxValue(180)) }),
    output: NoOutput,
  },
  'onboarding.statistics': {
    input: v.object({ by: By }),
    output: v.object({ asOf: Timestamp, groups: v.array(Group), items: v.array(ItemStatistic) }),
  },
  /** Who has passed, page by page, for the library's own records. */
  'onboarding.export': {
    input: v.object({ by: By, reason: Reason, after: v.optional(v.pipe(v.string(), v.maxLength(100))) }),
    output: v.object({
      rows: v.array(
        v.object({
          readerCode: v.string(),
          readerType: v.string(),
          college: v.string(),
          grade: v.string(),
          passedAt: Timestamp,
          mark: Count,
          unlock: v.string(),
        }),
      ),
      next: v.optional(v.string()),
    }),
  },
  ...reportStaffApi,
  ...feedbackStaffApi,
  ...messagesStaffApi,
} as const;
export type StaffApi = typeof staffApi;
