import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { Card } from '../../contracts/cards';
import { command, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import type { Sealer } from '../runtime/sealed';
import type { Binding, BindingDocument } from './binding';
import { eraseReportsIn, forgetImported } from './erase-reports';
import { endPlan, makePlan } from './message-plans';
import { clearOfBinding, removeOfBinding } from './messages';
import { leaveEndedNotice } from './notices';
import { openSealed } from './open-sealed';
import { removeRequests } from './requests';
import { eraseSeenIn } from './seen-loans';

const COLLECTION = 'bindings';
const PROFILE = `${COLLECTION}.profile`;
const SESSION = `${COLLECTION}.session`;

/** The card as the library last described it, masked. */
export const Profile = v.omit(Card, ['boundAt']);
export type Profile = v.InferOutput<typeof Profile>;

/** What the library gave at sign-in, where it works with sessions. */
export interface Session {
  token: string;
  /** ISO 8601. */
  expiresAt: string;
}

export interface OpenBinding extends Binding {
  /** Undefined when it cannot be read any more. */
  profile: Profile | undefined;
  /** Undefined when there is none, or it has expired. */
  session: string | undefined;
}

export async function findBinding(
  sealer: Sealer,
  openid: string,
  now: number,
): Promise<OpenBinding | undefined> {
  // the copy of the loans may be large and is seldom wanted
  const found = await table<BindingDocument>(COLLECTION).findWithout(openid, ['loans']);
  if (!found) return undefined;
  const {
    _id: _,
    profile,
    session: __,
    sessionExpiresAt: ___,
    consentVersion: ____,
    ...binding
  } = found as BindingDocument;
  return {
    ...binding,
    openid,
    profile: openSealed(sealer, Profile, profile, { owner: openid, purpose: PROFILE }),
    session: openSession(sealer, found as BindingDocument, now),
  };
}

/** What is needed to ask the library about a reader who is not there. */
export type ReaderToAsk = Pick<OpenBinding, 'openid' | 'bindingId' | 'patronRef' | 'session'>;

/** Bindings of many readers at once, at most 1,000; those who have none are left out. */
export async function findReadersToAsk(
  sealer: Sealer,
  openids: readonly string[],
  now: number,
): Promise<Map<string, ReaderToAsk>> {
  const found = (await table<BindingDocument>(COLLECTION).findPage({
    where: { _id: command().in(openids) },
    ...{ by: '_id', limit: openids.length },
    fields: ['bindingId', 'patronRef', 'session', 'sessionExpiresAt'],
  })) as BindingDocument[];
  return new Map(
    found.map((one) => [
      one._id,
      {
        openid: one._id,
        bindingId: one.bindingId,
        patronRef: one.patronRef,
        session: openSession(sealer, one, now),
      },
    ]),
  );
}

const openSession = (
  sealer: Sealer,
  { _id, session, sessionExpiresAt }: Pick<BindingDocument, '_id' | 'session' | 'sessionExpiresAt'>,
  now: number,
): string | undefined =>
  sessionExpiresAt !== undefined && sessionExpiresAt > now
    ? openSealed(sealer, v.string(), session, { owner: _id, purpose: SESSION })
    : undefined;

/** Whether a binding that was read a while ago has not ended since. */
export async function isStillBound({ openid, bindingId }: Binding): Promise<boolean> {
  const found = await table<BindingDocument>(COLLECTION).findWithout(openid, ['loans', 'profile', 'session']);
  return found?.bindingId === bindingId;
}

export interface NewBinding {
  openid: string;
  patronRef: string;
  consentVersion: number;
  profile: Profile;
  session?: Session;
  /** Made of the UNIONID, where the platform gives one. */
  unionKey?: string;
  /** End the binding of another identity to this card, if there is one. */
  replace: boolean;
}

/**
 * Binds a card that was just proved. One card ↔ one identity: whatever the
 * identity had bound before ends, and so does another identity's binding of this
 * card, or the binding is put off until the reader wants that.
 */
export async function bindCard(
  sealer: Sealer,
  wanted: NewBinding,
  now: number,
): Promise<{ boundAt: number } | { elsewhere: number }> {
  const { openid, patronRef } = wanted;
  const bindingId = randomUUID();
  await clearEnding(wanted);
  const result = await transaction(async (tables) => {
    const bindings = tables<BindingDocument>(COLLECTION);
    const [holder] = await bindings.findAll({ patronRef });
    const elsewhere = holder && holder._id !== openid ? holder : undefined;
    if (elsewhere && !wanted.replace) return { elsewhere: elsewhere.boundAt };
    const ended: Ended[] = [];
    if (elsewhere) {
      ended.push(await endIn(tables, elsewhere._id));
      await leaveEndedNotice(tables, elsewhere._id, now);
    }
    const mine = await bindings.find(openid);
    const kept = mine?.patronRef === patronRef ? mine : undefined;
    if (mine && !kept) ended.push(await endIn(tables, openid));
    const document = describe(sealer, wanted, kept ?? { bindingId, boundAt: now }, now);
    await bindings.put(document);
    await makePlan(tables, openid, document.bindingId, now);
    return { boundAt: document.boundAt, ended };
  });
  if (result.elsewhere !== undefined) return { elsewhere: result.elsewhere };
  for (const ended of result.ended) await forget(ended);
  return { boundAt: result.boundAt };
}

/** Clears the inbox of what belongs to bindings that are about to end; see {@link clearOfBinding}. */
async function clearEnding({ openid, patronRef, replace }: NewBinding): Promise<void> {
  const holders = await listBare({ patronRef });
  const others = holders.filter(({ _id }) => _id !== openid);
  if (others.length > 0 && !replace) return;
  const mine = others.length === holders.length ? await listBare({ _id: openid }) : [];
  for (const { _id, bindingId } of [...others, ...mine]) await clearOfBinding(_id, bindingId);
}

const listBare = async (where: Partial<BindingDocument>): Promise<BindingDocument[]> =>
  (await table<BindingDocument>(COLLECTION).findPage({
    ...{ where, by: '_id', limit: 10, fields: ['bindingId'] },
  })) as BindingDocument[];

function describe(
  sealer: Sealer,
  { openid, patronRef, consentVersion, profile, session, unionKey }: NewBinding,
  kept: Pick<BindingDocument, 'bindingId' | 'boundAt' | 'loans' | 'loansAsOf' | 'loansMark' | 'historySince'>,
  now: number,
): BindingDocument {
  const { bindingId, boundAt, loans, loansAsOf, loansMark, historySince } = kept;
  return {
    _id: openid,
    bindingId,
    patronRef,
    consentVersion,
    boundAt,
    profile: sealer.seal(profile, { owner: openid, purpose: PROFILE }),
    profileAsOf: now,
    ...(unionKey !== undefined && { unionKey }),
    ...(session && {
      session: sealer.seal(session.token, { owner: openid, purpose: SESSION }),
      sessionExpiresAt: Date.parse(session.expiresAt),
    }),
    ...(loans !== undefined && { loans }),
    ...(loansAsOf !== undefined && { loansAsOf }),
    ...(loansMark !== undefined && { loansMark }),
    ...(historySince !== undefined && { historySince }),
  };
}

/** Ends a reader's binding and erases what was kept because of it. */
export async function endBinding(openid: string): Promise<void> {
  for (const { bindingId } of await listBare({ _id: openid })) await clearOfBinding(openid, bindingId);
  await forget(await transaction((tables) => endIn(tables, openid)));
}

/** A binding that has just ended: of whom, and whose reports went with it. */
interface Ended {
  openid: string;
  patrons: string[];
}

async function endIn(tables: Tables, openid: string): Promise<Ended> {
  await tables(COLLECTION).remove(openid);
  await eraseSeenIn(tables, openid);
  await endPlan(tables, openid);
  await removeOfBinding(tables, openid);
  return { openid, patrons: await eraseReportsIn(tables, openid) };
}

/** Erases what need not go in the same step. */
async function forget({ openid, patrons }: Ended): Promise<void> {
  // what nothing else finds any more comes first
  await forgetImported(patrons);
  await removeRequests(openid);
}

/** Keeps how the library describes the card now; does nothing for a binding that has ended meanwhile. */
export async function keepProfile(
  sealer: Sealer,
  { openid, bindingId }: Binding,
  profile: Profile,
  now: number,
): Promise<void> {
  const sealed = sealer.seal(profile, { owner: openid, purpose: PROFILE });
  await table(COLLECTION).updateWhere({ _id: openid, bindingId }, { profile: sealed, profileAsOf: now });
}

/** Has ended loans kept from now on; see {@link stopSeeing} for the end of it. */
export async function switchHistoryOn({ openid, bindingId }: Binding, now: number): Promise<void> {
  await table(COLLECTION).updateWhere({ _id: openid, bindingId }, { historySince: now });
}
