import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { SignInStart } from '../../contracts/cards';
import { Hold, Step } from '../../contracts/holds';
import { Fine, Loan, RenewOutcome } from '../../contracts/loans';
import { LoanPolicy } from '../../contracts/library';
import { PastLoan } from '../../contracts/personal';
import type { DenialCode } from '../../contracts/denials';
import type { Fines, Holds, PatronAccess, SignIn } from '../../library-systems/circulation';
import type { LibrarySystem } from '../../library-systems/library-system';
import type { SystemUnderTest } from './describe-library-system';

export interface KnownReaders {
  /** An id of the system's form under which there is no title, where `no-such-bib` is not of its form. */
  unknownBib?: string;
  /** Has at least three loans, of which at least two can be renewed now. */
  borrower: { cardNumber: string; pin: string };
  /** Another reader, with loans of their own. */
  other: { cardNumber: string; pin: string };
  /** A title that the borrower may hold, and a pickup place where it needs no confirmation. */
  holdable?: (system: LibrarySystem) => Promise<{ bibId: string; pickup: string }>;
  /** A reader whom the system lets hold nothing before the onboarding is passed, where it can be told of that. */
  freshman?: { cardNumber: string; pin: string };
  /** The system says whether it renews only when it is asked to: every loan is `unsure`, none has a count. */
  unsureRenewals?: true;
  /** The system says what can be held only when it is told to, and lists neither place in the queue nor pickup place. */
  bareHolds?: true;
  /** Where signing in takes more than number and PIN. A wrong PIN must be given as something wrong to the system. */
  signIn?: {
    complete: (
      system: LibrarySystem,
      reader: { cardNumber: string; pin: string },
    ) => ReturnType<SignIn['complete']>;
    /** What something wrong is refused with. */
    refusal: DenialCode;
  };
}

const kindOf = { pin: 'fields', 'captcha-pin': 'captcha', sso: 'sso' } as const;

/** What the circulation of every library system must keep, whatever stands behind it. */
export function describeCirculation(
  name: string,
  make: () => Promise<SystemUnderTest>,
  known: KnownReaders,
): void {
  describe(`circulation: ${name}`, () => {
    let subject: SystemUnderTest;
    let system: Required<Pick<LibrarySystem, 'signIn' | 'patrons' | 'loans'>> & {
      holds: Holds;
      fines: Fines;
    };
    let has: { holds: boolean; fines: boolean };
    let borrower: PatronAccess;
    let other: PatronAccess;
    beforeAll(async () => {
      subject = await make();
      const { signIn, patrons, loans, holds, fines } = subject.system;
      if (!signIn || !patrons || !loans) throw new Error(`${name} lacks circulation`);
      has = { holds: holds !== undefined, fines: fines !== undefined };
      // Tests of what is absent are passed over before they use it.
      system = { signIn, patrons, loans, holds: holds!, fines: fines! };
      borrower = await signInAs(known.borrower);
      other = await signInAs(known.other);
    });
    afterAll(() => subject.close());

    const prove = (reader: { cardNumber: string; pin: string }): ReturnType<SignIn['complete']> =>
      known.signIn
        ? known.signIn.complete(subject.system, reader)
        : system.signIn.complete({ method: 'pin', answers: reader });
    const signInAs = async (answers: { cardNumber: string; pin: string }): Promise<PatronAccess> => {
      const proved = await prove(answers);
      if ('denied' in proved) throw new Error(`denied: ${proved.denied.code}`);
      return { ref: proved.patron.ref, ...(proved.session && { session: proved.session.token }) };
    };
    const loansOf = async (access: PatronAccess): Promise<Loan[]> => {
      const answer = await system.loans.list(access);
      if ('denied' in answer) throw new Error(`denied: ${answer.denied.code}`);
      return answer.loans;
    };
    const holdsOf = async (access: PatronAccess): Promise<Hold[]> => {
      const answer = await system.holds.list(access);
      if ('denied' in answer) throw new Error(`denied: ${answer.denied.code}`);
      return answer.holds;
    };

    it('says how readers sign in, and how they are served afterwards', async () => {
      expect(subject.system.afterBinding).toBeDefined();
      if (known.signIn) {
        for (const method of system.signIn.methods) {
          expect(v.parse(SignInStart, await system.signIn.start(method))).toMatchObject({
            kind: kindOf[method],
          });
        }
        return;
      }
      expect(system.signIn.methods).toContain('pin');
      const start = await system.signIn.start('pin');
      expect(start).toMatchObject({ kind: 'fields' });
      if (start.kind !== 'fields') return;
      expect(start.fields.find((field) => field.name === 'pin')).toMatchObject({ secret: true });
    });

    it('proves a reader by number and PIN, and tells an unknown number nothing that a wrong PIN would not', async () => {
      const { cardNumber, pin } = known.borrower;
      const proved = await prove({ cardNumber, pin });
      expect(proved).toMatchObject({ patron: { ref: borrower.ref } });
      expect(await system.patrons.patron(borrower)).toEqual('patron' in proved ? proved.patron : undefined);
      const wrong = await prove({ cardNumber, pin: 'wrong' });
      expect(wrong).toMatchObject({ denied: { code: known.signIn?.refusal ?? 'BAD_PIN' } });
      const unknown = await prove({ cardNumber: 'nobody', pin });
      expect(unknown).toEqual(wrong);
    });

    it('knows no reader who does not exist', async () => {
      const nobody = await system.patrons.patron({ ref: 'nobody' });
      // Where readers are known by their session only, nobody in particular has none.
      if (subject.system.afterBinding === 'session') expect(nobody).toHaveProperty('denied');
      else expect(nobody).toBeUndefined();
      expect(await system.loans.list({ ref: 'nobody' })).toHaveProperty('denied');
      expect(await system.loans.renew({ ref: 'nobody' }, ['x'])).toMatchObject([{ status: 'refused' }]);
      if (has.holds) expect(await system.holds.list({ ref: 'nobody' })).toHaveProperty('denied');
      if (has.fines) expect(await system.fines.list({ ref: 'nobody' })).toHaveProperty('denied');
    });

    it('lists loans in the form of the contract, by due date', async () => {
      const loans = await loansOf(borrower);
      expect(loans.length).toBeGreaterThanOrEqual(3);
      for (const loan of loans) {
        expect(v.parse(v.strictObject(Loan.entries), loan)).toEqual(loan);
        expect(loan.renewal.allowed).toBe(loan.renewal.code === undefined);
        if (!loan.renewal.allowed) expect(loan.renewal.libraryText).toMatch(/\S/);
      }
      const due = loans.map(({ dueAt }) => dueAt);
      expect(due).toEqual([...due].sort());
    });

    it('renews what it said it would, to a later day, and refuses the rest for the reason it gave', async () => {
      const before = await loansOf(borrower);
      const outcomes = await system.loans.renew(
        borrower,
        before.map(({ loanId }) => loanId),
      );
      expect(outcomes.map(({ loanId }) => loanId)).toEqual(before.map(({ loanId }) => loanId));
      const after = new Map((await loansOf(borrower)).map((loan) => [loan.loanId, loan]));
      outcomes.forEach((outcome, i) => {
        expect(v.parse(RenewOutcome, outcome)).toEqual(outcome);
        const loan = before[i]!;
        const now = after.get(loan.loanId)!;
        if (known.unsureRenewals) {
          expect(loan.renewal).toEqual({ allowed: true, unsure: true });
          if (outcome.status === 'refused') return expect(now).toEqual(loan);
        }
        if (loan.renewal.allowed) {
          expect(outcome).toMatchObject({ status: 'renewed', dueAt: now.dueAt });
          expect(Date.parse(now.dueAt)).toBeGreaterThan(Date.parse(loan.dueAt));
          if (!known.unsureRenewals) expect(now.renewal.left).toBe(loan.renewal.left! - 1);
        } else {
          expect(outcome).toMatchObject({ status: 'refused', code: loan.renewal.code });
          expect(now).toEqual(loan);
        }
      });
      expect(outcomes.filter(({ status }) => status === 'renewed').length).toBeGreaterThanOrEqual(2);
    });

    it('renews no loan of another reader, and does not tell whether it exists', async () => {
      const theirs = await loansOf(other);
      const refused = await system.loans.renew(borrower, [theirs[0]!.loanId, 'no-such-loan']);
      expect(refused).toMatchObject([
        { status: 'refused', code: 'NOT_YOURS' },
        { status: 'refused', code: 'NOT_YOURS' },
      ]);
      expect(refused[0]).toEqual({ ...refused[1], loanId: theirs[0]!.loanId });
      expect(await loansOf(other)).toEqual(theirs);
      expect(await system.loans.renew(borrower, [])).toEqual([]);
    });

    it('places a hold after the pickup place was chosen, once, and cancels it', async () => {
      if (!has.holds) return;
      const { bibId, pickup } = await known.holdable!(subject.system);
      const places = await system.holds.pickupPlaces(borrower, { bibId });
      expect(places.map(({ code }) => code)).toContain(pickup);
      const before = await holdsOf(borrower);
      expect(await system.holds.place(borrower, { bibId }, {})).toEqual({
        status: 'choose',
        options: places,
      });
      expect(await holdsOf(borrower)).toEqual(before);
      const step = await system.holds.place(borrower, { bibId }, { pickup });
      expect(v.parse(Step, step)).toEqual(step);
      expect(step).toMatchObject({
        status: 'done',
        hold: { bibId, status: 'waiting', pickup: { code: pickup } },
      });
      const again = await system.holds.place(borrower, { bibId }, { pickup });
      expect(again).toMatchObject({ status: 'refused', code: 'DUPLICATE' });
      const holds = await holdsOf(borrower);
      for (const hold of holds) expect(v.parse(v.strictObject(Hold.entries), hold)).toEqual(hold);
      const placed = holds.find((hold) => hold.bibId === bibId)!;
      if (!known.bareHolds) expect(placed.position).toBeGreaterThanOrEqual(1);
      expect(await system.holds.cancel(other, placed.holdId, { confirm: true })).toMatchObject({
        status: 'refused',
      });
      expect(await holdsOf(borrower)).toEqual(holds);
      expect(await system.holds.cancel(borrower, placed.holdId, { confirm: true })).toEqual({
        status: 'done',
      });
      expect(await holdsOf(borrower)).toEqual(before);
    });

    it('refuses what cannot be held, with words', async () => {
      if (!has.holds) return;
      const { bibId, pickup } = await known.holdable!(subject.system);
      const missing = await system.holds.place(
        borrower,
        { bibId: known.unknownBib ?? 'no-such-bib' },
        known.bareHolds ? { pickup } : {},
      );
      expect(missing).toMatchObject({ status: 'refused', libraryText: expect.stringMatching(/\S/) });
      const nowhere = await system.holds.place(
        borrower,
        { bibId },
        { pickup: 'no-such-place', confirm: true },
      );
      expect(nowhere).toMatchObject({ status: 'refused', code: 'BAD_PICKUP' });
      if (known.bareHolds) return;
      expect(await system.holds.pickupPlaces(borrower, { bibId: known.unknownBib ?? 'no-such-bib' })).toEqual(
        [],
      );
    });

    it('opens borrowing once for who has passed the onboarding, and for nobody else', async () => {
      const { openBorrowing } = system.patrons;
      // A system that says it can do this is tried with somebody for whom it is to be done.
      expect(known.freshman !== undefined).toBe(openBorrowing !== undefined);
      if (!openBorrowing || !known.freshman) return;
      const freshman = await signInAs(known.freshman);
      const blocks = async (): Promise<string[]> => {
        const patron = await system.patrons.patron(freshman);
        if (!patron || 'denied' in patron) throw new Error('the freshman is not served');
        return patron.blocks.map(({ code }) => code);
      };
      const hold = async () => {
        const { bibId } = await known.holdable!(subject.system);
        return system.holds.place(freshman, { bibId }, {});
      };
      expect(await openBorrowing({ ref: 'nobody' }, 'attempt-1')).toMatchObject({
        denied: { libraryText: expect.stringMatching(/\S/) },
      });
      expect(await blocks()).toEqual(['ONBOARDING_REQUIRED']);
      expect(await hold()).toMatchObject({
        status: 'refused',
        code: 'ONBOARDING_REQUIRED',
        libraryText: expect.stringMatching(/\S/),
      });
      // At once, again, and for another reason: it is open, and stays so. No session is needed for it.
      const opened = ['attempt-1', 'attempt-1', 'attempt-2'].map((key) =>
        openBorrowing({ ref: freshman.ref }, key),
      );
      expect(await Promise.all(opened)).toEqual([{ done: true }, { done: true }, { done: true }]);
      expect(await blocks()).toEqual([]);
      expect(await openBorrowing({ ref: freshman.ref }, 'attempt-1')).toEqual({ done: true });
      expect(await hold()).toMatchObject({ status: 'choose' });
      // Whoever was open already is done as well.
      const before = await system.patrons.patron(borrower);
      expect(await openBorrowing({ ref: borrower.ref }, 'attempt-3')).toEqual({ done: true });
      expect(await system.patrons.patron(borrower)).toEqual(before);
    });

    it('tells its policy with a rule for everybody', async () => {
      if (!subject.system.policy?.loanRules) return;
      const policy = await subject.system.policy.loanRules();
      expect(v.parse(v.strictObject(LoanPolicy.entries), policy)).toEqual(policy);
      expect(policy.rules.at(-1)).not.toHaveProperty('readerType');
      expect(policy.limits.length).toBeGreaterThan(0);
    });

    it('lists what is owed, in fen', async () => {
      if (!has.fines) return;
      const answer = await system.fines.list(borrower);
      if ('denied' in answer) throw new Error(answer.denied.code);
      for (const fine of answer.fines) expect(v.parse(v.strictObject(Fine.entries), fine)).toEqual(fine);
    });

    it('tells past loans page by page, newest first, each once', async () => {
      if (!system.loans.history) return;
      const seen: PastLoan[] = [];
      for (let page = 1; ; page++) {
        const answer = await system.loans.history(borrower, { page, pageSize: 5 });
        if ('denied' in answer) throw new Error(answer.denied.code);
        if (answer.items.length === 0) {
          expect(seen).toHaveLength(answer.total);
          break;
        }
        seen.push(...answer.items);
      }
      expect(seen.length).toBeGreaterThan(0);
      expect(new Set(seen.map(({ loanId }) => loanId)).size).toBe(seen.length);
      const returned = seen.map(({ returnedAt }) => returnedAt!);
      expect(returned).toEqual([...returned].sort().reverse());
      for (const loan of seen) expect(v.parse(v.strictObject(PastLoan.entries), loan)).toEqual(loan);
    });
  });
}
