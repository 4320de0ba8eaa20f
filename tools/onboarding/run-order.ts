import { parseArguments, USAGE, UsageError, wrong } from './arguments';
import type { Arguments, OrderName } from './arguments';
import { describeFault, isUnknown, StaffFault, staffOver } from './call-staff';
import type { CallStaff } from './call-staff';
import { dateAtHome } from './local-time';
import { both, describeProblems, number, Refused, Unsound } from './says';
import { giveExtraTime, waive } from './orders/change-reader';
import { changeSettings } from './orders/change-settings';
import { exportBank } from './orders/export-bank';
import { exportPasses } from './orders/export-passes';
import { importBank } from './orders/import-bank';
import type { Order } from './orders/order';
import { previewPaper } from './orders/preview-paper';
import { showStatistics } from './orders/show-statistics';
import { cloudTransport, localTransport } from './transports';

export interface Console {
  env: Readonly<Record<string, string | undefined>>;
  out: (line: string) => void;
  error: (line: string) => void;
  /** undefined when nobody is there to answer. */
  ask: (question: string) => Promise<string | undefined>;
  now: () => number;
}

const ORDERS: Record<OrderName, Order> = {
  import: importBank,
  stats: showStatistics,
  waive,
  'extra-time': giveExtraTime,
  export: exportPasses,
  preview: previewPaper,
  settings: changeSettings,
  'export-bank': exportBank,
};

/**
 * An order of the library's staff, from the command line to the exit code.
 * @returns see USAGE
 */
export async function runOrder(argv: string[], console: Console): Promise<0 | 1 | 2 | 3> {
  try {
    const args = parseArguments(argv);
    if (!args) {
      console.out(USAGE);
      return 0;
    }
    return await ORDERS[args.order]({
      args,
      call: connect(args, console),
      out: console.out,
      tell: console.error,
      today: dateAtHome(console.now()),
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

const changesTheCloud = ({ target }: Arguments): boolean => target !== undefined && 'env' in target;

/** The way to the function; only looked for when an order is really given, so that files are checked without any. */
function connect({ target }: Arguments, { env }: Console): CallStaff {
  let call: CallStaff | undefined;
  const open = (): CallStaff => {
    if (!target) throw wrong('where? --local URL or --env ENV_ID', '连到哪里？请用 --local 或 --env');
    if ('local' in target) return staffOver(localTransport(target.local));
    const [secretId, secretKey] = [env['TENCENTCLOUD_SECRETID'], env['TENCENTCLOUD_SECRETKEY']];
    if (!secretId || !secretKey) {
      throw wrong(
        'the environment variables TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY are needed',
        '需要环境变量 TENCENTCLOUD_SECRETID 和 TENCENTCLOUD_SECRETKEY',
      );
    }
    return staffOver(cloudTransport({ env: target.env, secretId, secretKey }));
  };
  return (action, input) => (call ??= open())(action, input);
}

function explain(error: unknown, { error: print }: Console): 1 | 2 | 3 {
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
