import type { Context } from '../../../runtime/context';
import { timestamp } from '../../../runtime/format-time';
import { writeAudit } from '../../../stores/audit';
import { listMarked, type AttemptDocument } from '../../../stores/onboarding-attempts';
import { listStandings, type OnboardingRecord } from '../../../stores/onboarding-readers';
import { itemStatistics } from '../engine/item-statistics';
import type { StaffInput, StaffOutput } from './staff-input';

type Statistics = StaffOutput<'onboarding.statistics'>;

/** Who has come how far, by college and grade, and how each question does. */
export async function showStatistics(
  context: Context,
  { by }: StaffInput<'onboarding.statistics'>,
): Promise<Statistics> {
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.statistics', details: {} }, now);
  const [groups, items] = await Promise.all([countGroups(), countItems()]);
  return { asOf: timestamp(now), groups, items };
}

async function countGroups(): Promise<Statistics['groups']> {
  const groups = new Map<string, Statistics['groups'][number]>();
  for await (const { college = '', grade = '', pass, waivedAt } of all<OnboardingRecord>(listStandings)) {
    const key = JSON.stringify([college, grade]);
    const group = groups.get(key) ?? { college, grade, begun: 0, passed: 0, waived: 0 };
    group.begun++;
    if (pass) group.passed++;
    else if (waivedAt !== undefined) group.waived++;
    groups.set(key, group);
  }
  return [...groups.values()].sort(
    (a, b) => a.college.localeCompare(b.college, 'zh') || a.grade.localeCompare(b.grade, 'zh'),
  );
}

async function countItems(): Promise<Statistics['items']> {
  const marked: Pick<Required<AttemptDocument>, 'items' | 'right'>[] = [];
  for await (const { items, right } of all<AttemptDocument>(listMarked)) {
    if (items && right) marked.push({ items, right });
  }
  return itemStatistics(marked);
}

/** Every document, page after page. */
async function* all<T extends { _id: string }>(
  list: (after: string | undefined) => Promise<Partial<T>[]>,
): AsyncGenerator<Partial<T>> {
  for (let after: string | undefined; ;) {
    const page = await list(after);
    yield* page;
    after = page.at(-1)?._id;
    if (after === undefined) return;
  }
}
