import type { Desk } from '../../../runtime/context';

/** Under what is kept that a reader was told something: of another reader the same is another key. */
export const keyOf =
  ({ lookup }: Pick<Desk, 'lookup'>, openid: string) =>
  (what: string): string =>
    lookup('told', JSON.stringify([openid, what]));
