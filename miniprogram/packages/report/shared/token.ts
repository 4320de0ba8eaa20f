import { queryText } from '../../../services/navigate';

/** As SHARE_TOKEN of contracts/report/actions.ts. */
const TOKEN = /^[\w-]{22}$/;

/**
 * The token of a link (`t`) or of a mini-program code (`scene`); empty where there is none.
 */
export function tokenOf(query: { t?: string; scene?: string }): string {
  const token = queryText(query.t ?? query.scene);
  return TOKEN.test(token) ? token : '';
}
