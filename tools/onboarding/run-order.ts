import { runStaffOrder } from '../staff/run-order';
import type { Console, ExitCode } from '../staff/run-order';
import { parseArguments, USAGE } from './arguments';
import type { OrderName } from './arguments';
import { giveExtraTime, waive } from './orders/change-reader';
import { changeSettings } from './orders/change-settings';
import { exportBank } from './orders/export-bank';
import { exportPasses } from './orders/export-passes';
import { importBank } from './orders/import-bank';
import type { Order } from './orders/order';
import { previewPaper } from './orders/preview-paper';
import { showStatistics } from './orders/show-statistics';

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

/** An order about the onboarding, from the command line to the exit code: see USAGE. */
export const runOrder = (argv: string[], console: Console): Promise<ExitCode> =>
  runStaffOrder(argv, console, {
    usage: USAGE,
    parse: parseArguments,
    orderOf: ({ order }) => ORDERS[order],
  });
