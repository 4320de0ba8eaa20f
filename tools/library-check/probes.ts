import type * as v from 'valibot';
import type { OperationName, operations } from '../../library-systems/operations';
import { catalogProbes } from './catalog-probes';
import type { Setting, Verdict } from './probe';
import { readerProbes } from './reader-probes';
import { works } from './probe';

export type Input<N extends OperationName> = v.InferOutput<(typeof operations)[N]['input']>;
export type Output<N extends OperationName> = v.InferOutput<(typeof operations)[N]['output']>;

/** How one operation is tried. */
export interface Probe<N extends OperationName> {
  /** What it is asked; or that, and why, it is not tried. */
  input(setting: Setting): { input: Input<N> } | Verdict | Promise<{ input: Input<N> } | Verdict>;
  judge(output: Output<N>, setting: Setting): Verdict;
}

/** One probe for each operation of the port: a new operation without one does not compile. */
export type Probes = { readonly [N in OperationName]: Probe<N> };

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
