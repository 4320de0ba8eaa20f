import type * as v from 'valibot';
import type { SignInMethod, SignInStart } from '../../contracts/cards';
import type { Denied } from '../../contracts/denials';
import type { Loan } from '../../contracts/loans';
import type { PatronAccess } from '../../library-systems/circulation';
import type { LibrarySystem } from '../../library-systems/library-system';
import type { OperationName, operations } from '../../library-systems/operations';
import type { CheckArguments } from './arguments';

/** What became of one operation. */
export interface Row {
  operation: string;
  /**
   * - works: an answer in the form of the contract
   * - refused: the library said no, which is an answer; of signing in it is a failure
   * - failed: no answer, or not in the form of the contract
   * - absent: this kind of system, or its configuration, does not have it
   * - skipped: not tried; the remark says what it takes
   */
  result: 'works' | 'refused' | 'failed' | 'absent' | 'skipped';
  ms?: number;
  remark: string;
}

/** What was learnt on the way, for the probes that follow. */
export interface Learnt {
  bibId?: string;
  barcode?: string;
  signIn?: SignInStart;
  access?: PatronAccess;
  loans?: Loan[];
  pickup?: string;
  /** The hold that this check placed: its id, or that there is one. */
  placed?: { holdId?: string; bibId: string };
}

/** Puts a question to whoever runs the check; `undefined` where nobody can be asked. */
export type Ask = (question: string, captchaImage?: string) => Promise<string | undefined>;

export interface Setting {
  args: CheckArguments;
  system: LibrarySystem;
  method: SignInMethod;
  /** Now, ms since the epoch. */
  now: number;
  /** The PIN of `args.reader`. */
  pin?: string;
  ask: Ask;
  learnt: Learnt;
}

/** What a probe made of an answer. */
export type Verdict =
  | { result: 'works' | 'failed' | 'skipped'; remark: string }
  | { result: 'refused'; remark: string; denied: Denied };

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

export const works = (remark = ''): Verdict => ({ result: 'works', remark });
export const failed = (remark: string): Verdict => ({ result: 'failed', remark });
export const skipped = (remark: string): Verdict => ({ result: 'skipped', remark });
export const refused = (denied: Denied): Verdict => ({
  result: 'refused',
  remark: [denied.code, denied.libraryText && `“${denied.libraryText}”`].filter(Boolean).join(' '),
  denied,
});
