import { LIBRARIES } from './state';
import type { Issue, KohaState } from './state';

/** What `XML::Simple` is given: hashes, lists and texts; what is undefined is left out (SuppressEmpty). */
type Out = { [name: string]: Out | Out[] | string | number | undefined };

/** Parameters of each service as opac/ilsdi.pl lists them: required, then optional. */
const PARAMETERS: Record<string, [string[], string[]]> = {
  LookupPatron: [['id'], ['id_type']],
  AuthenticatePatron: [['username', 'password'], []],
  GetPatronInfo: [
    ['patron_id'],
    [
      'show_contact',
      'show_fines',
      'show_holds',
      'show_loans',
      'loans_per_page',
      'loans_page',
      'show_attributes',
    ],
  ],
  GetAvailability: [
    ['id', 'id_type'],
    ['return_type', 'return_fmt'],
  ],
  GetRecords: [['id'], ['schema']],
  RenewLoan: [['patron_id', 'item_id'], ['desired_due_date']],
  HoldTitle: [
    ['patron_id', 'bib_id', 'request_location'],
    ['pickup_location', 'start_date', 'expiry_date'],
  ],
  HoldItem: [
    ['patron_id', 'bib_id', 'item_id'],
    ['pickup_location', 'start_date', 'expiry_date'],
  ],
  CancelHold: [['patron_id', 'item_id'], []],
};

export interface IlsDiSettings {
  disabled?: boolean;
  unauthorized?: boolean;
  /** FailedLoginAttempts. */
  attempts?: number;
}

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

function write(name: string, value: Out | Out[] | string | number | undefined): string {
  if (value === undefined || value === '') return '';
  if (Array.isArray(value)) return value.map((entry) => write(name, entry)).join('');
  if (typeof value !== 'object') return `<${name}>${escape(String(value))}</${name}>\n`;
  const inner = Object.entries(value).map(([key, entry]) => write(key, entry));
  return `<${name}>\n${inner.join('')}</${name}>\n`;
}

/** MySQL compares a column of numbers with `53abc` as with 53. */
const asNumber = (text: string): number => Number.parseInt(text, 10) || 0;

/** Answers a call of ilsdi.pl. */
export function answerIlsDi(state: KohaState, parameters: URLSearchParams, settings: IlsDiSettings): string {
  const service = parameters.get('service') ?? '';
  const known = Object.hasOwn(PARAMETERS, service) ? PARAMETERS[service] : undefined;
  const out = known ? check(parameters, known, settings) : { message: 'NotSupported' };
  const xml = '<?xml version="1.0" encoding="UTF-8" ?>\n';
  if (out) return xml + write(service || 'ilsdi', out);
  const param = (name: string): string => parameters.get(name) ?? '';
  if (service === 'GetAvailability') return xml + availability(state, asNumber(param('id')));
  return xml + (write(service, call(state, service, param, settings)) || `<${service}></${service}>`);
}

function check(
  parameters: URLSearchParams,
  [required, optional]: [string[], string[]],
  { disabled, unauthorized }: IlsDiSettings,
): Out | undefined {
  if (disabled) return { code: 'NotAllowed', message: 'ILS-DI is disabled.' };
  if (unauthorized) return { code: 'NotAllowed', message: 'Unauthorized IP address: 192.0.2.7.' };
  const names = [...parameters.keys()];
  const missing = required.find((name) => !parameters.has(name));
  if (missing) return { code: 'MissingParameter', message: `The required parameter ${missing} is missing.` };
  const illegal = names.find((name) => name !== 'service' && ![...required, ...optional].includes(name));
  if (illegal) return { code: 'IllegalParameter', message: `The parameter ${illegal} is illegal.` };
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice) return { code: 'MultipleValuesNotAllowed', message: `Multiple values for ${twice}.` };
  return undefined;
}

function call(
  state: KohaState,
  service: string,
  param: (name: string) => string,
  { attempts = 3 }: IlsDiSettings,
): Out {
  if (service === 'LookupPatron') {
    const found = state.borrowers.find(({ cardnumber }) => cardnumber === param('id'));
    return found ? { id: found.borrowernumber } : { message: 'PatronNotFound' };
  }
  if (service === 'AuthenticatePatron') {
    const found = state.borrowers.find(({ cardnumber }) => cardnumber === param('username'));
    if (!found || found.login_attempts >= attempts) return { code: 'PatronNotFound' };
    if (found.password === param('password')) {
      found.login_attempts = 0;
      return { id: found.borrowernumber };
    }
    found.login_attempts += 1;
    return { code: 'PatronNotFound' };
  }
  if (service === 'GetRecords') {
    const biblio = state.biblios.find(({ biblionumber }) => biblionumber === asNumber(param('id')));
    const { biblionumber, isbn } = biblio ?? {};
    return { record: [biblio ? { biblionumber, isbn } : { code: 'RecordNotFound' }] };
  }
  const patronId = asNumber(param('patron_id'));
  const borrower = state.borrowers.find(({ borrowernumber }) => borrowernumber === patronId);
  if (!borrower) return { code: 'PatronNotFound' };
  switch (service) {
    case 'GetPatronInfo':
      return patronInfo(state, patronId, param);
    case 'RenewLoan': {
      const itemnumber = asNumber(param('item_id'));
      if (!state.items.some((item) => item.itemnumber === itemnumber)) return { code: 'RecordNotFound' };
      // Whoever the copy is lent to: newer Kohas do not compare.
      const issue = state.issues.find((each) => each.itemnumber === itemnumber);
      if (!issue) return {};
      const error = state.renewalError(issue);
      if (error === undefined) state.renew(issue);
      const { renewals, date_due: due } = issue;
      return { renewals, date_due: due.slice(0, 16), success: error === undefined ? 1 : 0, error };
    }
    case 'HoldTitle':
    case 'HoldItem': {
      const biblio = state.biblios.find(({ biblionumber }) => biblionumber === asNumber(param('bib_id')));
      if (!biblio) return { code: 'RecordNotFound' };
      const item = state.items.find(({ itemnumber }) => itemnumber === asNumber(param('item_id')));
      if (service === 'HoldItem' && item?.biblionumber !== biblio.biblionumber)
        return { code: 'RecordNotFound' };
      const error = state.holdError(borrower, biblio.biblionumber);
      if (error) return { code: error };
      const branch = LIBRARIES.find(({ code }) => code === (param('pickup_location') || borrower.branchcode));
      if (!branch) return { code: 'LocationNotFound' };
      if (!branch.pickup) return { code: 'libraryNotPickupLocation' };
      state.reserves.push(state.reserve(patronId, biblio.biblionumber, branch.code, item?.itemnumber));
      return { ...(service === 'HoldTitle' && { title: biblio.title }), pickup_location: branch.name };
    }
    default: {
      // CancelHold, as Kohas did that did not compare the reader.
      const at = state.reserves.findIndex(({ reserve_id }) => reserve_id === asNumber(param('item_id')));
      if (at < 0) return { code: 'RecordNotFound' };
      if (state.reserves[at]!.found) return { code: 'BorrowerCannotCancelHold' };
      state.reserves.splice(at, 1);
      return { code: 'Canceled' };
    }
  }
}

function patronInfo(state: KohaState, ref: number, param: (name: string) => string): Out {
  const { password: _password, ...borrower } = state.borrowers.find((b) => b.borrowernumber === ref)!;
  const out: Out = { ...borrower, charges: '12.50', branchname: '总馆' };
  if (param('show_contact') !== '0') out.email = 'reader@example.org';
  if (param('show_fines') === '1') {
    out.fines = { fine: state.accountlines.filter((l) => l.borrowernumber === ref).map((l) => ({ ...l })) };
  }
  if (param('show_holds') === '1') {
    const holds = state.reserves.filter((r) => r.borrowernumber === ref);
    if (holds.length > 0) {
      out.holds = {
        hold: holds.map((r) => ({
          ...r,
          item: { ...state.items.find(({ itemnumber }) => itemnumber === r.itemnumber) },
          branchname: LIBRARIES.find(({ code }) => code === r.branchcode)!.name,
          title: state.biblios.find(({ biblionumber }) => biblionumber === r.biblionumber)!.title,
        })),
      };
    }
  }
  if (param('show_loans') === '1') {
    const own = state.issues.filter((issue) => issue.borrowernumber === ref);
    out.loans = { loan: own.map((issue) => describeIssue(state, issue)) };
  }
  return out;
}

/** `unblessed_all_relateds`: biblio, item and issue in one. */
function describeIssue(state: KohaState, { onsite, ...issue }: Issue): Out {
  const item = state.items.find(({ itemnumber }) => itemnumber === issue.itemnumber)!;
  const { subject: _subject, ...biblio } = state.biblios.find((b) => b.biblionumber === item.biblionumber)!;
  return { ...biblio, ...item, branchcode: item.branch, ...issue, onsite_checkout: onsite ? 1 : 0 };
}

function availability(state: KohaState, itemnumber: number): string {
  const item = state.items.find((each) => each.itemnumber === itemnumber);
  const lent = state.issues.some((issue) => issue.itemnumber === itemnumber);
  const status = item ? (lent ? 'not available' : 'available') : 'unknown';
  return `<dlf:collection xmlns:dlf="http://diglib.org/ilsdi/1.1">
  <dlf:record>
    <dlf:bibliographic id="${item?.biblionumber ?? itemnumber}" />
    <dlf:items><dlf:item id="${itemnumber}"><dlf:simpleavailability>
      <dlf:identifier>${itemnumber}</dlf:identifier>
      <dlf:availabilitystatus>${status}</dlf:availabilitystatus>
    </dlf:simpleavailability></dlf:item></dlf:items>
  </dlf:record>
</dlf:collection>
`;
}
