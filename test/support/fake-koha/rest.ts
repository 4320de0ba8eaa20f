import type { IncomingMessage, ServerResponse } from 'node:http';
import { InvalidQuery, matches } from './json-query';
import { LIBRARIES } from './state';
import type { Biblio, KohaState } from './state';

type Json = Record<string, unknown>;
export const ACCOUNT = { user: 'gate', password: 'gate-password' };
export const CLIENT = { id: 'client-1', secret: 'client-secret' };

/** Query parameters and embeds that each route of the API knows; others are refused, as OpenAPI's validation does. */
const PAGED = ['_page', '_per_page', '_order_by', 'q'];
const MARCXML = 'application/marcxml+xml';

export class FakeRest {
  tokens = 0;
  private valid = new Set<string>();
  constructor(private readonly state: KohaState) {}

  /** Ends all tokens, as a restart of Koha does. */
  revoke(): void {
    this.valid.clear();
  }

  handle(request: IncomingMessage, url: URL, body: string, response: ServerResponse): void {
    const path = url.pathname.slice('/api/v1'.length);
    const send = (status: number, value: unknown, headers: Record<string, string> = {}): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(value));
    if (path === '/oauth/token' && request.method === 'POST') {
      const form = new URLSearchParams(body);
      const right = form.get('client_id') === CLIENT.id && form.get('client_secret') === CLIENT.secret;
      if (!right || form.get('grant_type') !== 'client_credentials')
        return send(403, { error: 'access_denied' });
      const token = `token-${++this.tokens}`;
      this.valid.add(token);
      return send(200, { access_token: token, token_type: 'Bearer', expires_in: 3600 });
    }
    const pair = Buffer.from(`${ACCOUNT.user}:${ACCOUNT.password}`).toString('base64');
    const authorization = request.headers.authorization ?? '';
    if (authorization !== `Basic ${pair}` && !this.valid.has(authorization.replace('Bearer ', ''))) {
      return send(401, { error: 'Authentication failure.' });
    }
    if (request.method !== 'GET') return send(405, { error: 'Only reads are expected here' });
    try {
      this.route(path, url.searchParams, request, response, send);
    } catch (error) {
      if (!(error instanceof InvalidQuery)) throw error;
      send(400, { error: 'Invalid query', error_code: 'invalid_query' });
    }
  }

  private route(
    path: string,
    query: URLSearchParams,
    request: IncomingMessage,
    response: ServerResponse,
    send: (status: number, value: unknown, headers?: Record<string, string>) => void,
  ): void {
    const { state } = this;
    const only = (...names: string[]): void => {
      for (const name of query.keys()) if (!names.includes(name)) throw new InvalidQuery(name);
    };
    const page = <T>(rows: T[]): { rows: T[]; headers: Record<string, string> } => {
      const size = Number(query.get('_per_page') ?? 20);
      const at = (Number(query.get('_page') ?? 1) - 1) * size;
      return { rows: rows.slice(at, at + size), headers: { 'x-total-count': String(rows.length) } };
    };
    const list = (rows: Json[]): void => {
      const { rows: shown, headers } = page(rows);
      send(200, shown, headers);
    };
    const [, collection, id, part] = path.split('/');
    const wantsXml = request.headers.accept === MARCXML;
    switch (`${collection}/${id === undefined ? '' : '*'}/${part ?? ''}`) {
      case 'libraries//':
        only(...PAGED);
        return list(
          LIBRARIES.map(({ code, name, pickup }) => ({ library_id: code, name, pickup_location: pickup })),
        );
      case 'biblios//': {
        only(...PAGED);
        const q: unknown = JSON.parse(query.get('q') ?? '{}');
        const found = order(
          state.biblios.map(biblioRow).filter((row) => matches(row, q)),
          query.get('_order_by') ?? '',
        );
        const { rows, headers } = page(found);
        if (!wantsXml) return send(200, rows, headers);
        const records = rows.map(({ biblio_id }) =>
          marcOf(state.biblios.find((b) => b.biblionumber === biblio_id)!),
        );
        response.writeHead(200, { 'content-type': MARCXML, ...headers });
        return void response.end(
          `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.join('')}</collection>`,
        );
      }
      case 'biblios/*/': {
        only();
        const biblio = state.biblios.find(({ biblionumber }) => String(biblionumber) === id);
        if (!biblio) return send(404, { error: 'Bibliographic record not found' });
        if (!wantsXml) return send(200, biblioRow(biblio));
        return void response.writeHead(200, { 'content-type': MARCXML }).end(marcOf(biblio));
      }
      case 'biblios/*/items':
        only(...PAGED);
        return list(
          state.items
            .filter((item) => String(item.biblionumber) === id)
            .map((item) => itemOf(state, item.itemnumber)),
        );
      case 'biblios/*/pickup_locations':
        only('patron_id', ...PAGED);
        return list(
          LIBRARIES.map(({ code, name, pickup }) => ({ library_id: code, name, needs_override: !pickup })),
        );
      case 'items//': {
        only(...PAGED);
        const q: unknown = JSON.parse(query.get('q') ?? '{}');
        return list(
          state.items
            .map(({ itemnumber }) => itemOf(state, itemnumber))
            .filter((row) => matches({ external_id: String(row.external_id) }, q)),
        );
      }
      case 'checkouts//': {
        only('patron_id', 'checked_in', ...PAGED);
        if (query.get('checked_in') !== '1') throw new InvalidQuery('checked_in');
        const own = state.oldIssues
          .filter(({ borrowernumber }) => String(borrowernumber) === query.get('patron_id'))
          .sort((a, b) => (a.returndate! < b.returndate! ? 1 : -1));
        return list(
          own.map((issue) => {
            const item = state.items.find(({ itemnumber }) => itemnumber === issue.itemnumber);
            const biblio = state.biblios.find((b) => b.biblionumber === item?.biblionumber);
            return {
              checkout_id: issue.issue_id,
              checkout_date: rfc3339(issue.issuedate),
              due_date: rfc3339(issue.date_due),
              checkin_date: rfc3339(issue.returndate!),
              library_id: 'MAIN',
              renewals_count: issue.renewals,
              item: item
                ? {
                    callnumber: item.itemcallnumber,
                    biblio_id: item.biblionumber,
                    biblio: { title: biblio!.title },
                  }
                : null,
            };
          }),
        );
      }
      case 'checkouts/*/allows_renewal': {
        only();
        const issue = state.issues.find(({ issue_id }) => String(issue_id) === id);
        if (!issue) return send(404, { error: 'Checkout not found' });
        const error = state.renewalError(issue) ?? null;
        return send(200, {
          ...{ allows_renewal: error === null, error, max_renewals: state.maxRenewals },
          ...{ current_renewals: issue.renewals, unseen_renewals: 0 },
        });
      }
      case 'patrons/*/account': {
        only();
        const lines = state.accountlines
          .filter((l) => String(l.borrowernumber) === id && Number(l.amountoutstanding) > 0)
          .map((l) => ({
            ...{ account_line_id: l.accountlines_id, amount_outstanding: Number(l.amountoutstanding) },
            ...{
              debit_type: l.debit_type_code,
              description: l.description,
              date: l.date,
              status: l.status ?? null,
            },
          }));
        return send(200, {
          balance: 0,
          outstanding_debits: { lines, total: 0 },
          outstanding_credits: { lines: [] },
        });
      }
      default:
        return send(404, { errors: [{ message: 'Not Found.', path: '/' }], status: 404 });
    }
  }
}

const rfc3339 = (local: string): string => `${local.replace(' ', 'T')}+08:00`;

const biblioRow = (b: Biblio): Record<string, string | number | undefined> => ({
  ...{ biblio_id: b.biblionumber, title: b.title, subtitle: undefined, part_name: undefined },
  ...{ part_number: undefined, author: b.author, isbn: b.isbn, copyright_date: b.year },
});

function order<T extends Record<string, string | number | undefined>>(rows: T[], by: string): T[] {
  const keys = by.split('|').filter(Boolean);
  return [...rows].sort((a, b) => {
    for (const key of keys) {
      const column = key.replace(/^[+-]/, '');
      if (!(column in a)) throw new InvalidQuery(column);
      const [x, y] = [a[column] ?? '', b[column] ?? ''];
      if (x !== y) return (x < y ? -1 : 1) * (key.startsWith('-') ? -1 : 1);
    }
    return 0;
  });
}

function itemOf(state: KohaState, itemnumber: number): Json {
  const item = state.items.find((each) => each.itemnumber === itemnumber)!;
  const issue = state.issues.find((each) => each.itemnumber === itemnumber);
  return {
    ...{
      item_id: itemnumber,
      biblio_id: item.biblionumber,
      external_id: item.barcode,
      callnumber: item.itemcallnumber,
    },
    ...{ home_library_id: item.branch, holding_library_id: item.branch, location: 'GEN', withdrawn: 0 },
    ...{ lost_status: item.itemlost ?? 0, damaged_status: item.damaged ?? 0 },
    ...{
      not_for_loan_status: item.notforloan ?? 0,
      checked_out_date: issue ? issue.issuedate.slice(0, 10) : null,
    },
    checkout: issue ? { due_date: rfc3339(issue.date_due) } : null,
    ...{ transfer: null, first_hold: null },
    _strings: { location: { str: '普通书库', type: 'av' } },
  };
}

const escape = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function marcOf(b: Biblio): string {
  const field = (tag: string, ...subfields: [string, string][]): string =>
    `<datafield tag="${tag}" ind1=" " ind2=" ">${subfields
      .map(([code, value]) => `<subfield code="${code}">${escape(value)}</subfield>`)
      .join('')}</datafield>`;
  return (
    '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>' +
    `<controlfield tag="008">260101s${b.year}    cc            000 0 chi d</controlfield>` +
    field('020', ['a', b.isbn]) +
    field('100', ['a', b.author]) +
    field('245', ['a', `${b.title} /`], ['c', b.author]) +
    field('260', ['b', `${b.publisher},`], ['c', String(b.year)]) +
    field('650', ['a', b.subject]) +
    field('999', ['c', String(b.biblionumber)], ['d', String(b.biblionumber)]) +
    '</record>'
  );
}
