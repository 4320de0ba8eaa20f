import { table } from '../cloud/database';
import type { Context } from '../runtime/context';
import type { Lookup } from '../runtime/lookup';
import type { Binding, BindingDocument } from './binding';

const COLLECTION = 'bindings';

const keyOf = (lookup: Lookup, unionid: string): string => lookup('union', unionid);

type Caller = Pick<Context, 'desk' | 'unionid'>;

/** What of the caller's UNIONID is kept with a binding; nothing where the platform gave none. */
export const unionKeyOf = ({ desk, unionid }: Caller): { unionKey?: string } =>
  unionid === undefined ? {} : { unionKey: keyOf(desk().lookup, unionid) };

/** Notes the caller's UNIONID if the binding does not have it yet: the platform may give it only later. */
export async function keepUnionKey(context: Caller, binding: Binding): Promise<void> {
  const { unionKey } = unionKeyOf(context);
  if (unionKey === undefined || unionKey === binding.unionKey) return;
  const { openid, bindingId } = binding;
  await table<BindingDocument>(COLLECTION).updateWhere({ _id: openid, bindingId }, { unionKey });
}

/**
 * Under which openid of the mini program a person has bound a card. Nobody, too, when more than one binding bears the
 * key: then it is not sure who writes.
 */
export async function findLinkedOpenid(lookup: Lookup, unionid: string): Promise<string | undefined> {
  const [found, another] = await table<BindingDocument>(COLLECTION).findIds({
    unionKey: keyOf(lookup, unionid),
  });
  return another === undefined ? found : undefined;
}
