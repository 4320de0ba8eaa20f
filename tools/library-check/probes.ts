import { catalogProbes } from './catalog-probes';
import type { Probes } from './probe';
import { readerProbes } from './reader-probes';
import { works } from './probe';

const DAY_MS = 86_400_000;
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const probes: Probes = {
  'system.status': {
    input: () => ({ input: {} }),
    judge: ({ state }) => works(state),
  },
  ...catalogProbes,
  'policy.openingHours': {
    input: ({ now, system }) => ({
      input: { branchCode: system.branches[0]!.code, from: dateOf(now), to: dateOf(now + 6 * DAY_MS) },
    }),
    judge: (days) => works(`${days.filter(({ intervals }) => intervals.length > 0).length} of 7 days open`),
  },
  'policy.loanRules': {
    input: () => ({ input: {} }),
    judge: ({ rules }) => works(`${rules.length} rules`),
  },
  ...readerProbes,
};
