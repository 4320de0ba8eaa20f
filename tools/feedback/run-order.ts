import { runStaffOrder } from '../staff/run-order';
import type { Console, ExitCode } from '../staff/run-order';
import { parseArguments, USAGE } from './arguments';
import type { OrderName } from './arguments';
import { closeTicket, judgeEntry, reopenTicket } from './orders/change-ticket';
import { listTickets } from './orders/list-tickets';
import type { Order } from './orders/order';
import { replyToTicket } from './orders/reply-to-ticket';
import { showTicket } from './orders/show-ticket';

const ORDERS: Record<OrderName, Order> = {
  list: listTickets,
  show: showTicket,
  reply: replyToTicket,
  close: closeTicket,
  reopen: reopenTicket,
  judge: judgeEntry,
};

/** An order about what readers write, from the command line to the exit code: see USAGE. */
export const runOrder = (argv: string[], console: Console): Promise<ExitCode> =>
  runStaffOrder(argv, console, {
    usage: USAGE,
    parse: parseArguments,
    orderOf: ({ order }) => ORDERS[order],
  });
