import { InvalidCql, parseCql } from './cql';
import type { Values } from './cql';
import { BRANCHES, GROUP, POINTS, uuid } from './state';
import type { FolioState, Item } from './state';

export const TENANT = 'diku';
export const SERVICE = { username: 'shutong', password: 'service-password' };
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  json: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
}
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string | string[]>;
}

/** FOLIO sends so many when it is not told how many. */
const DEFAULT_LIMIT = 10;
/** FOLIO's own types of identifiers. The number of the Library of Congress here would also be an ISBN. */
const ISBN = '8261054f-be78-422d-bd51-4ed9f33c3422';
const LCCN = { value: '2001000111', identifierTypeId: 'c858e4f2-2b6b-4385-842b-60732ee14abb' };
const answer = (status: number, body: unknown): Answer => ({ status, body });

export class FakeOkapi {
  logins = 0;
  private tokens = new Set<string>();
  constructor(
    private readonly state: FolioState,
    private readonly clock: () => number,
  ) {}

  /** Ends all tokens before their time. */
  revoke(): void {
    this.tokens.clear();
  }

  handle(asked: Asked): Answer {
    if (asked.headers['x-okapi-tenant'] !== TENANT) return answer(400, 'No such tenant');
    const { method, path, json } = asked;
    if (method === 'POST' && path === '/authn/login-with-expiry') return this.logIn(json);
    if (!this.tokens.has(String(asked.headers['x-okapi-token']))) return answer(401, 'Token expired');
    if (method === 'POST' && path === '/patron-pin/verify') {
      const user = this.state.users.find(({ id }) => id === json.id);
      return user?.pin === json.pin ? answer(200, '') : answer(422, '');
    }
    if (method !== 'GET') return answer(404, 'No suitable module found');
    try {
      return this.read(asked);
    } catch (error) {
      if (error instanceof InvalidCql) return answer(400, `CQL: ${error.message}`);
      throw error;
    }
  }

  private logIn({ username, password }: Record<string, unknown>): Answer {
    const refuse = (code: string): Answer =>
      answer(422, { errors: [{ message: 'no', type: 'error', code }] });
    if (username === SERVICE.username) {
      if (password !== SERVICE.password) return refuse('password.incorrect');
      const token = `token.${++this.logins}`;
      this.tokens.add(token);
      const end = new Date(this.clock() + 600_000).toISOString();
      return {
        ...answer(201, { accessTokenExpiration: end, refreshTokenExpiration: end }),
        headers: {
          'set-cookie': ['folioRefreshToken=r; Path=/authn', `folioAccessToken=${token}; Path=/; HttpOnly`],
        },
      };
    }
    const user = this.state.users.find((each) => each.username === username);
    if (!user) return refuse('username.incorrect');
    if (user.failures >= 3) return refuse('user.blocked');
    if (user.pin === password) {
      return answer(201, {
        accessTokenExpiration: '2026-11-21T03:00:00Z',
        refreshTokenExpiration: '2026-11-21T03:00:00Z',
      });
    }
    user.failures += 1;
    return refuse(user.failures >= 3 ? 'password.incorrect.block.user' : 'password.incorrect');
  }

  private read({ path, query }: Asked): Answer {
    const { state } = this;
    const list = <T>(
      name: string,
      rows: T[],
      indexes: (row: T) => Values,
      show: (row: T) => unknown,
    ): Answer => {
      for (const key of query.keys()) {
        if (!['query', 'limit', 'offset', 'expandAll'].includes(key)) return answer(400, `unexpected ${key}`);
      }
      const cql = parseCql(query.get('query') ?? 'cql.allRecords=1');
      const found = rows.filter((row) => cql.matches(indexes(row)));
      if (cql.sort[0] === 'returnDate/sort.descending') {
        found.sort((a, b) => (String(indexes(a).returnDate) < String(indexes(b).returnDate) ? 1 : -1));
      }
      const offset = Number(query.get('offset') ?? 0);
      const limit = Number(query.get('limit') ?? DEFAULT_LIMIT);
      // PostgreSQL promises no order to who asks for none; mod-search sorts by relevance.
      if (cql.sort.length === 0 && offset > 0 && name !== 'instances') found.reverse();
      return answer(200, {
        [name]: found.slice(offset, offset + limit).map(show),
        totalRecords: found.length,
      });
    };
    const [, first, second] = path.split('/');
    if (first === 'users' && second !== undefined) {
      const user = state.users.find(({ id }) => id === second);
      return user ? answer(200, showUser(user)) : answer(404, 'Not found');
    }
    if (first === 'automated-patron-blocks') {
      return answer(200, {
        automatedPatronBlocks: second?.endsWith('54')
          ? [{ message: '已达借书上限', blockRenewals: false }]
          : [],
      });
    }
    switch (path) {
      case '/users':
        return list(
          'users',
          state.users,
          (u) => ({ id: [u.id], barcode: [u.barcode], username: [u.username] }),
          showUser,
        );
      case '/manualblocks':
        return list(
          'manualblocks',
          state.manualBlocks,
          (b) => ({ userId: [b.userId] }),
          (b) => b,
        );
      case '/groups':
        return list(
          'usergroups',
          [{ id: GROUP, group: 'undergrad', desc: '本科生' }],
          () => ({}),
          (g) => g,
        );
      case '/locations':
        return list(
          'locations',
          BRANCHES,
          () => ({}),
          ({ code, name }) => {
            const at = BRANCHES.findIndex((branch) => branch.code === code);
            return {
              id: uuid(6, at),
              code: `${code}/GEN`,
              name: `${name}普通书库`,
              libraryId: `lib-${code}`,
            };
          },
        );
      case '/location-units/libraries':
        return list(
          'loclibs',
          BRANCHES,
          () => ({}),
          ({ code, name }) => ({ id: `lib-${code}`, code, name }),
        );
      case '/service-points':
        return list(
          'servicepoints',
          POINTS,
          () => ({}),
          (p) => p,
        );
      case '/search/instances':
        if (query.get('expandAll') !== 'true') return answer(400, 'only some fields are shown');
        return list(
          'instances',
          state.instances,
          (i) => ({
            ...{
              id: [i.id],
              keyword: [i.title, i.author, i.isbn],
              title: [i.title],
              contributors: [i.author],
            },
            ...{ isbn: [i.isbn], subjects: ['教材'], languages: [i.n % 5 === 0 ? 'eng' : 'chi'] },
            ...{ staffSuppress: [false], discoverySuppress: [false] },
          }),
          (i) => ({
            ...{ id: i.id, title: i.title, contributors: [{ name: i.author, primary: true }] },
            publication: [{ publisher: '示范出版社', dateOfPublication: `[${i.year}]` }],
            ...{
              identifiers: [LCCN, { value: i.isbn, identifierTypeId: ISBN }],
              languages: [i.n % 5 === 0 ? 'eng' : 'chi'],
            },
            subjects: [{ value: '教材' }],
          }),
        );
      case '/holdings-storage/holdings':
        return list(
          'holdingsRecords',
          state.instances,
          (i) => ({ instanceId: [i.id], id: [uuid(4, i.n)] }),
          (i) => ({ id: uuid(4, i.n), instanceId: i.id }),
        );
      case '/inventory/items':
        return list(
          'items',
          state.items,
          (i) => ({ id: [i.id], barcode: [i.barcode], holdingsRecordId: [i.holdingsRecordId] }),
          showItem,
        );
      case '/circulation/loans':
        return list(
          'loans',
          state.loans,
          (l) => ({
            ...{ itemId: [l.itemId], userId: [l.userId], 'status.name': [l.returnDate ? 'Closed' : 'Open'] },
            returnDate: [l.returnDate],
          }),
          (l) => {
            const { title, id } =
              state.instances[state.items.find((item) => item.id === l.itemId)!.instance - 1]!;
            return { ...l, renewalCount: l.renewals, item: { title, instanceId: id, callNumber: 'TP316/1' } };
          },
        );
      case '/circulation/requests/allowed-service-points':
        return state.items.some(({ id }) => id === query.get('itemId'))
          ? answer(200, { Page: [POINTS[0]], Hold: POINTS, Recall: [{ id: uuid(8, 9), name: '不应出现' }] })
          : answer(422, { errors: [{ message: 'Item not found' }] });
      default:
        return answer(404, 'No suitable module found');
    }
  }
}

const showUser = ({ pin: _pin, failures: _failures, ...user }: FolioState['users'][number]): unknown => user;

const showItem = (item: Item): unknown => ({
  ...{ id: item.id, barcode: item.barcode, holdingsRecordId: item.holdingsRecordId },
  effectiveCallNumberComponents: { callNumber: `TP316/${item.instance}`, prefix: null, suffix: null },
  status: { name: item.status, date: '2026-11-01T00:00:00.000+00:00' },
  effectiveLocation: { id: item.location, name: '…' },
});
