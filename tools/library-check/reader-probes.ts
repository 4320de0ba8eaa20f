import type { Loan } from '../../contracts/loans';
import type { PatronAccess, Refusal } from '../../library-systems/circulation';
import { maskCardNumber } from '../../cloudfunctions/runtime/mask';
import { failed, refused, skipped, works } from './probe';
import type { Probes, Setting, Verdict } from './probe';

const NEEDS_READER = 'needs a reader: give --reader and --pin-env';
const CANCEL_BY_HAND = 'CHANGED: the hold of this check could not be cancelled; cancel it by hand';
const NEEDS_WRITE = 'changes something: give --write';

const withAccess = <T>(
  { learnt }: Setting,
  more: (access: PatronAccess) => T | Verdict,
): { input: T } | Verdict => {
  if (!learnt.access) return skipped(NEEDS_READER);
  const input = more(learnt.access);
  return isVerdict(input) ? input : { input };
};
const isVerdict = (value: unknown): value is Verdict =>
  typeof value === 'object' && value !== null && 'result' in value && 'remark' in value;

const unlessRefused = <T extends object>(answer: T | Refusal, judge: (answer: T) => Verdict): Verdict =>
  'denied' in answer ? refused(answer.denied) : judge(answer);

/** Some systems do not say which hold they placed. */
async function findHold({ system, learnt }: Setting, bibId: string): Promise<string | undefined> {
  const answer = learnt.access && (await system.holds?.list(learnt.access));
  if (!answer || 'denied' in answer) return undefined;
  return answer.holds.find((hold) => hold.bibId === bibId)?.holdId;
}

/** A loan period that ends at the day's end shows in which zone its clock runs. */
function zoneRemark(loans: readonly Loan[], timeZone: string): string {
  const times = new Set(loans.flatMap(({ dueAt }) => (dueAt.length > 10 ? [dueAt.slice(11, 16)] : [])));
  const [time] = times;
  if (times.size !== 1 || time === undefined || !time.endsWith(':59') || time === '23:59') return '';
  return `; all are due at ${time}, which looks like 23:59 of another zone than ${timeZone}: check timeZone`;
}

export const readerProbes: Omit<
  Probes,
  Extract<keyof Probes, `${'catalog' | 'policy' | 'system'}.${string}`>
> = {
  'signIn.start': {
    input: ({ method }) => ({ input: { method } }),
    judge: (start, { learnt }) => {
      learnt.signIn = start;
      return works(start.kind);
    },
  },
  'signIn.complete': {
    input: async ({ args, pin, method, learnt, ask }) => {
      const start = learnt.signIn;
      if (!start) return skipped('signing in could not be started');
      const state = 'state' in start ? { state: start.state } : {};
      if (start.kind === 'sso') {
        const ticket = await ask(`Sign in at ${start.ssoUrl} and paste the ticket: `);
        if (ticket === undefined) return skipped('needs somebody who signs in: run it in a terminal');
        return { input: { method, answers: { ticket }, ...state } };
      }
      if (!args.reader || pin === undefined) return skipped(NEEDS_READER);
      const answers = { cardNumber: args.reader.cardNumber, pin };
      if (start.kind === 'fields') return { input: { method, answers } };
      const captcha = await ask('What does the picture show? ', start.captchaImage);
      if (captcha === undefined) return skipped('needs somebody who reads the picture: run it in a terminal');
      return { input: { method, answers: { ...answers, captcha }, ...state } };
    },
    judge: (answer, { learnt }) =>
      unlessRefused(answer, ({ patron, session }) => {
        learnt.access = { ref: patron.ref, ...(session && { session: session.token }) };
        const until = session ? `, session until ${session.expiresAt}` : '';
        return works(`${maskCardNumber(patron.cardNumber)}, ${patron.readerType.name}${until}`);
      }),
  },
  'patrons.patron': {
    input: (setting) => withAccess(setting, (access) => ({ access })),
    judge: (patron) => {
      if (!patron)
        return failed('the reader who just signed in is not known by the reference that was given');
      return unlessRefused(patron, ({ blocks }) =>
        works(blocks.map(({ code }) => code).join(' ') || 'no restriction'),
      );
    },
  },
  'patrons.openBorrowing': {
    input: async () => skipped('opens borrowing for good, whoever asks: tried by nobody who has not passed'),
    judge: (answer) => unlessRefused(answer, () => works('opened')),
  },
  'loans.list': {
    input: (setting) => withAccess(setting, (access) => ({ access })),
    judge: (answer, { learnt, system: { timeZone } }) =>
      unlessRefused(answer, ({ loans }) => {
        learnt.loans = loans;
        const untitled = loans.filter(({ bibId }) => bibId === undefined).length;
        // Its search had answered: then it is the link between the two that does not hold.
        if (untitled > 0 && untitled === loans.length && learnt.bibId !== undefined)
          return failed(
            `no title of ${loans.length} loans is in the catalogue: check "match", and the index that it needs (barcode or id)`,
          );
        const remark = untitled > 0 ? `, ${untitled} without a title in the catalogue` : '';
        return works(`${loans.length} loans${remark}${zoneRemark(loans, timeZone)}`);
      }),
  },
  'loans.renew': {
    input: (setting) =>
      withAccess(setting, (access) => {
        if (!setting.args.write) return skipped(NEEDS_WRITE);
        const { barcode } = setting.args;
        const loans = setting.learnt.loans ?? [];
        const loan =
          barcode === undefined ? loans[0] : loans.find(({ itemBarcode }) => itemBarcode === barcode);
        return loan ? { access, loanIds: [loan.loanId] } : skipped('the reader has no such loan');
      }),
    judge: ([outcome]) => {
      if (!outcome) return failed('no outcome for the loan');
      if (outcome.status === 'refused') return refused(outcome);
      if (outcome.status === 'unknown') return failed('the answer was lost; look into the list of loans');
      return works(`CHANGED: one loan renewed, due ${outcome.dueAt}`);
    },
  },
  'loans.history': {
    input: (setting) => withAccess(setting, (access) => ({ access, page: { page: 1, pageSize: 10 } })),
    judge: (answer) => unlessRefused(answer, ({ total }) => works(`${total} ended loans`)),
  },
  'holds.list': {
    input: (setting) => withAccess(setting, (access) => ({ access })),
    judge: (answer) => unlessRefused(answer, ({ holds }) => works(`${holds.length} holds`)),
  },
  'holds.pickupPlaces': {
    input: (setting) =>
      withAccess(setting, (access) => {
        const { bibId } = setting.learnt;
        return bibId === undefined
          ? skipped('no title was found to try it with')
          : { access, target: { bibId } };
      }),
    judge: (places, { learnt }) => {
      const [place] = places;
      if (place) learnt.pickup = place.code;
      return works(places.map(({ name }) => name).join(', ') || 'none for this title');
    },
  },
  'holds.place': {
    input: (setting) =>
      withAccess(setting, (access) => {
        const { args, learnt } = setting;
        if (!args.write) return skipped(NEEDS_WRITE);
        if (args.isbn === undefined || learnt.bibId === undefined) {
          return skipped('holds no title that was not chosen: give --isbn');
        }
        const pickup = learnt.pickup === undefined ? {} : { pickup: learnt.pickup };
        return { access, target: { bibId: learnt.bibId }, choice: { ...pickup, confirm: true } };
      }),
    judge: (step, { learnt }) => {
      if (step.status === 'refused') return refused(step);
      if (step.status === 'unknown') return failed('the answer was lost; look into the list of holds');
      if (step.status !== 'done') return works(`asks something first (${step.status}); nothing was placed`);
      learnt.placed = { bibId: learnt.bibId!, ...(step.hold && { holdId: step.hold.holdId }) };
      return works('CHANGED: hold placed');
    },
  },
  'holds.cancel': {
    input: async (setting) => {
      const { args, learnt } = setting;
      if (!args.write) return skipped(NEEDS_WRITE);
      if (!learnt.placed) return skipped('there is no hold of this check to cancel');
      const holdId = learnt.placed.holdId ?? (await findHold(setting, learnt.placed.bibId));
      if (holdId === undefined) return failed(CANCEL_BY_HAND);
      return withAccess(setting, (access) => ({ access, holdId, choice: { confirm: true } }));
    },
    judge: (step) => {
      if (step.status === 'done') return works('CHANGED: the hold of this check cancelled');
      return failed(CANCEL_BY_HAND);
    },
  },
  'fines.list': {
    input: (setting) => withAccess(setting, (access) => ({ access })),
    judge: (answer) => unlessRefused(answer, ({ fines }) => works(`${fines.length} entries`)),
  },
};
