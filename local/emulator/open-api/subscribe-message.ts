import { OpenApiError, requireOpenid, requireText, type Api } from './api';

/** What a value of a template field may be; documented at subscribeMessage.send, counted in characters. */
const FIELD_RULES: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  number: /^[+-]?(?=.{1,32}$)\d+(\.\d+)?$/u,
  letter: /^[A-Za-z]{1,32}$/u,
  symbol: /^[^\p{L}\p{N}\s]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/u,
  time: /^(\d{4}年\d{1,2}月\d{1,2}日 ?|\d{4}-\d\d-\d\d )?\d{1,2}:\d\d(:\d\d)?$/u,
  date: /^(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d\d-\d\d)( ?\d{1,2}:\d\d(:\d\d)?)?$/u,
  amount: /^\p{Sc}?\d{1,10}(\.\d+)?元?$/u,
  phone_number: /^[\d+\-() ]{1,17}$/u,
  car_number: /^.{1,8}$/su,
  name: /^(\p{Script=Han}{1,10}|[\p{L}\p{P}\s]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};
const FIELD_NAME = /^([a-z_]+?)\d+$/;
const PAGE = /^[\w-][\w/-]*(\?.*)?$/s;

/** subscribeMessage.send: one accepted subscription is one message. */
export const sendSubscribeMessage: Api = ({ parameters, state }) => {
  const openid = requireOpenid(parameters, 'touser');
  const template = requireText(parameters, 'template_id', 40037);
  if (!/^[\w-]+$/.test(template)) throw new OpenApiError(40037, 'invalid template_id');
  checkData(parameters['data']);
  const { page } = parameters;
  if (page !== undefined && page !== '' && (typeof page !== 'string' || !PAGE.test(page))) {
    throw new OpenApiError(41030, 'invalid page');
  }
  if (!state.useCredit(openid, template)) {
    throw new OpenApiError(43101, 'user refuse to accept the msg');
  }
  return { json: {} };
};

function checkData(data: unknown): void {
  const fields = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  if (fields.length === 0) throw new OpenApiError(47003, 'argument invalid! data is empty');
  for (const [name, field] of fields) {
    const type = FIELD_NAME.exec(name)?.[1] ?? '';
    const rule = Object.hasOwn(FIELD_RULES, type) ? FIELD_RULES[type] : undefined;
    const { value } = (field ?? {}) as { value?: unknown };
    const text = typeof value === 'number' ? String(value) : value;
    if (!rule || typeof text !== 'string' || !rule.test(text)) {
      throw new OpenApiError(47003, `argument invalid! data.${name}.value invalid`);
    }
  }
}
