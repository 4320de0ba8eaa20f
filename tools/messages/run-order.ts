import { runStaffOrder } from '../staff/run-order';
import type { Console, ExitCode } from '../staff/run-order';
import { parseArguments, USAGE } from './arguments';
import type { OrderName } from './arguments';
import { changeTemplates } from './orders/change-templates';
import type { Order } from './orders/order';
import { showStatus } from './orders/show-status';

const ORDERS: Record<OrderName, Order> = { templates: changeTemplates, status: showStatus };

/** An order about messages, from the command line to the exit code: see USAGE. */
export const runOrder = (argv: string[], console: Console): Promise<ExitCode> =>
  runStaffOrder(argv, console, {
    usage: USAGE,
    parse: parseArguments,
    orderOf: ({ order }) => ORDERS[order],
  });
