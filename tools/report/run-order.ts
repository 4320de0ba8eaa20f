import { runStaffOrder } from '../staff/run-order';
import type { Console, ExitCode } from '../staff/run-order';
import { parseArguments, USAGE } from './arguments';
import type { OrderName } from './arguments';
import { close } from './orders/close-season';
import { importLoans } from './orders/import-loans';
import { openSeason } from './orders/open-season';
import type { Order } from './orders/order';
import { previewReports } from './orders/preview-reports';
import { publish, withdraw } from './orders/publish';
import { showStatus } from './orders/show-status';
import { startReports } from './orders/start-reports';

const ORDERS: Record<OrderName, Order> = {
  import: importLoans,
  season: openSeason,
  status: showStatus,
  start: startReports,
  preview: previewReports,
  publish,
  withdraw,
  close,
};

/** An order about the annual report, from the command line to the exit code: see USAGE. */
export const runOrder = (argv: string[], console: Console): Promise<ExitCode> =>
  runStaffOrder(argv, console, {
    usage: USAGE,
    parse: parseArguments,
    orderOf: ({ order }) => ORDERS[order],
  });
