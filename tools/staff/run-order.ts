import { UsageError, wrong } from './arguments';
import type { CommonArguments } from './arguments';
import { isUnknown, StaffFault } from './call-staff';
import type { CallStaff } from './call-staff';
import { connect } from './connect';
import { describeFault } from './describe-fault';
import { dateAtHome } from './local-time';
import { both, describeProblems, Interrupted, number, Refused, Unsound } from './says';
import type { Says } from './says';

export interface Console {
  env: Readonly<Record<string, string | undefined>>;
  out: (line: string) => void;
  error: (line: string) => void;
  /** undefined when nobody is there to answer. */
  ask: (question: string) => Promise<string | undefined>;
  now: () => number;
  /** From when this is asked for, whoever interrupts the program only asks it to stop. */
  interruption: () => AbortSignal;
}

/** What an order works with. */
export interface Setting<A extends CommonArguments> {
  args: A;
  /** Orders given to the function. */
  call: CallStaff;
  /** Prints a result. */
  out: (line: string) => void;
  /** Prints what is no result: progress, questions. */
  tell: (line: string) => void;
  /** Local date, YYYY-MM-DD. */
  today: string;
  /** ms since the epoch. */
  now: () => number;
  /**
   * Asks before something is changed that readers will notice.
   * @throws {Refused} when the answer is not yes, or nobody is there to give one
   */
  confirm: (what: Says) => Promise<void>;
  interruption: () => AbortSignal;
}

/** @returns the exit code */
export type StaffOrder<A extends CommonArguments> = (setting: Setting<A>) => Promise<0 | 1>;

/** 130: interrupted; the others as usages say. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

export interface Orders<A extends CommonArguments> {
  usage: string;
  /** @returns undefined when only help was asked for; @throws {UsageError} */
  parse: (argv: string[]) => A | undefined;
  orderOf: (args: A) => StaffOrder<A>;
}

/** An order of the library's staff, from the command line to the exit code. */
export async function runStaffOrder<A extends CommonArguments>(
  argv: string[],
  console: Console,
  { usage, parse, orderOf }: Orders<A>,
): Promise<ExitCode> {
  try {
    const args = parse(argv);
    if (!args) {
      console.out(usage);
      return 0;
    }
    return await orderOf(args)({
      args,
      call: connect(args, console.env),
      out: console.out,
      tell: console.error,
      today: dateAtHome(console.now()),
      now: console.now,
      interruption: console.interruption,
      confirm: async (what) => {
        if (args.yes || !changesTheCloud(args)) return;
        const answer = await console.ask(`${both(what)} [y/N] `);
        if (answer === undefined)
          throw wrong('nobody is there to be asked: give --yes', '没有人可以确认：请加 --yes');
        if (!/^(y|yes|是|好)$/iu.test(answer.trim()))
          throw new Refused({ en: 'Nothing was done.', zh: '没有执行。' });
      },
    });
  } catch (error) {
    return explain(error, console);
  }
}

const changesTheCloud = ({ target }: CommonArguments): boolean => target !== undefined && 'env' in target;

function explain(error: unknown, { error: print }: Console): 1 | 2 | 3 | 130 {
  if (error instanceof Unsound) {
    for (const line of describeProblems(error.problems)) print(line);
    const count = error.problems.length;
    print(
      both({
        en: `${number(count, 'problem')}; nothing was imported or changed.`,
        zh: `共 ${count} 处问题；没有导入或改动任何内容。`,
      }),
    );
    return 1;
  }
  if (error instanceof UsageError) {
    print(`${error.message}\n${both({ en: '--help shows how it is used', zh: '--help 查看用法' })}`);
    return 2;
  }
  if (error instanceof Interrupted) {
    print(error.message);
    return 130;
  }
  if (error instanceof Refused) {
    print(error.message);
    return 1;
  }
  if (error instanceof StaffFault) {
    print(both(describeFault(error)));
    return error.code === 'UNREACHABLE' || isUnknown(error) ? 3 : 1;
  }
  throw error;
}
