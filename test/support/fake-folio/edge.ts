import type { Answer, Asked } from './okapi';
import { POINTS } from './state';
import type { FolioState, Request } from './state';

export const API_KEY = 'eyJzIjoiZ2F0ZSIsInQiOiJkaWt1IiwidSI6InNodXRvbmcifQ==';
export const REASON = '75187e8d-e25a-47a7-89ad-23ba612338de';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const ok = (status: number, body: unknown): Answer => ({ status, body });
const refuse = (status: number, errorMessage: string): Answer => ({
  status,
  body: { code: status, errorMessage },
});

/** edge-patron (ramls/edge-patron.raml) over mod-patron; it cancels and renews for whoever is named. */
export function answerEdge(state: FolioState, { method, path, query, json, headers }: Asked): Answer {
  // edge-common: `(?i).*apikey (\w*).*`, and only then the parameter of the address.
  const key = /apikey (\w*)/i.exec(String(headers.authorization))?.[1];
  if (key !== API_KEY.replace(/=+$/, '')) return refuse(401, 'Access Denied');
  const [, , , external = '', kind, id = '', verb] = path.split('/').map(decodeURIComponent);
  const user = state.users.find(({ externalSystemId }) => externalSystemId === external);
  if (!user) return refuse(404, `Unable to find patron ${external}`);
  if (method === 'GET' && kind === undefined) return account(state, user.id, query);
  if (!UUID.test(id)) return refuse(400, `parameter value {${id}} is not valid: must match a UUID`);
  const item = state.items.find((each) => each.id === id);
  const instance = state.instances.find((each) => each.id === id);
  switch (`${method} ${kind}/${verb}`) {
    case 'POST item/renew': {
      const loan = state.loans.find(({ itemId, returnDate }) => itemId === id && !returnDate);
      if (!item || !loan) return refuse(404, 'item not found');
      const error = state.renewalError(loan);
      if (error) return refuse(422, error);
      state.renew(loan);
      return ok(201, showLoan(state, loan));
    }
    case 'GET instance/allowed-service-points':
      return instance
        ? ok(200, { allowedServicePoints: POINTS })
        : refuse(422, `Instance with ID ${id} was not found`);
    case 'POST item/hold':
    case 'POST instance/hold': {
      const n = instance?.n ?? item?.instance;
      if (n === undefined) return refuse(404, 'item not found');
      if (typeof json.requestDate !== 'string') return refuse(400, 'requestDate is required');
      const point = POINTS.find((each) => each.id === json.pickupLocationId);
      if (!point) return refuse(422, 'Service point does not exist');
      const error = state.holdError(user.id, n);
      if (error) return refuse(422, error);
      const request = state.request(Number(user.id.slice(-2)), n, point.id);
      state.requests.push(request);
      return ok(201, showHold(state, request));
    }
    case 'POST hold/cancel': {
      const { holdId, cancellationReasonId, canceledByUserId } = json;
      if (holdId !== id || cancellationReasonId !== REASON || typeof canceledByUserId !== 'string') {
        return refuse(422, 'required field missing');
      }
      const at = state.requests.findIndex((request) => request.id === id);
      if (at < 0) return refuse(404, 'hold not found');
      const [request] = state.requests.splice(at, 1);
      return ok(201, showHold(state, request!));
    }
    default:
      return ok(404, '<html>no such route</html>');
  }
}

function account(state: FolioState, id: string, query: URLSearchParams): Answer {
  for (const key of query.keys()) {
    const known = ['includeLoans', 'includeHolds', 'includeCharges', 'limit', 'offset', 'sortBy'];
    if (!known.includes(key)) return refuse(400, `unexpected ${key}`);
  }
  const [limit, offset] = [Number(query.get('limit') ?? 10), Number(query.get('offset') ?? 0)];
  const page = <T>(flag: string, rows: T[], show: (row: T) => unknown): unknown[] =>
    query.get(flag) === 'true' ? rows.slice(offset, offset + limit).map(show) : [];
  const loans = state.loans.filter((loan) => loan.userId === id && !loan.returnDate);
  const holds = state.requests.filter(({ requesterId }) => requesterId === id);
  const charges = state.charges.filter(({ userId: owner }) => owner === id);
  return ok(200, {
    ...{ totalLoans: loans.length, totalHolds: holds.length, totalChargesCount: charges.length },
    totalCharges: { amount: 70.57, isoCurrencyCode: 'USD' },
    loans: page('includeLoans', loans, (loan) => showLoan(state, loan)),
    holds: page('includeHolds', holds, (hold) => showHold(state, hold)),
    charges: page('includeCharges', charges, ({ id: feeFineId, remaining, reason }) => ({
      ...{ feeFineId, reason, state: 'Outstanding', accrualDate: '2026-11-20T16:30:00.000+00:00' },
      chargeAmount: { amount: remaining, isoCurrencyCode: 'USD' },
    })),
  });
}

function describe(state: FolioState, n: number, itemId?: string): unknown {
  const { id, title, author } = state.instances[n - 1]!;
  return { instanceId: id, ...(itemId !== undefined && { itemId }), title, author };
}

function showLoan(state: FolioState, loan: FolioState['loans'][number]): unknown {
  const { id, itemId, dueDate, loanDate } = loan;
  const { instance } = state.items.find((item) => item.id === itemId)!;
  return { id, item: describe(state, instance, itemId), dueDate, loanDate, overdue: false };
}

function showHold(state: FolioState, request: Request): unknown {
  const queue = state.requests.filter(({ instance }) => instance === request.instance);
  return {
    ...{ requestId: request.id, item: describe(state, request.instance), requestDate: request.date },
    ...{ status: request.status, pickupLocationId: request.pickup },
    queuePosition: queue.findIndex(({ id }) => id === request.id) + 1,
  };
}
