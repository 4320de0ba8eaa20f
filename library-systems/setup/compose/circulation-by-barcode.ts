import type { Hold, HoldTarget, Step } from '../../../contracts/holds';
import type { Loan } from '../../../contracts/loans';
import type { Holds, Loans, PatronAccess } from '../../circulation';
import { beforeWrite } from '../../before-write';
import type { Catalog } from '../../library-system';
import { isNameless } from './ids-by-barcode';
import type { Title, TitlesByBarcode } from './titles-by-barcode';

/** Loans with what the catalogue knows of their titles. */
export function loansByBarcode(loans: Loans, titles: TitlesByBarcode): Loans {
  return {
    ...loans,
    list: async (access) => {
      const answer = await loans.list(access);
      if ('denied' in answer) return answer;
      const known = await titles.of(answer.loans.map(({ itemBarcode }) => itemBarcode));
      return { loans: answer.loans.map((loan) => withTitle(loan, known.get(loan.itemBarcode))) };
    },
  };
}

/** What the circulation says itself goes before what the catalogue says; but the title's id is the catalogue's. */
function withTitle<T extends Loan | Hold>(entry: T, title: Title | undefined): T {
  const { bibId: _foreign, ...own } = entry;
  return { ...title, ...own, ...(own.title === '' && title && { title: title.title }) } as T;
}

/** So many copies of a title are tried, one after the other, where the first ones cannot be held at all. */
const MAX_COPIES = 5;

/**
 * Holds of a circulation that knows copies by their barcodes only. For a title
 * the copy is named that the reader waits for already, so that the circulation
 * itself refuses a second hold; else the one that comes back first. A copy that
 * cannot be held says nothing of the others, so the next is asked for.
 */
export function holdsByBarcode(
  holds: Holds,
  catalog: Pick<Catalog, 'holdings'>,
  titles: TitlesByBarcode,
): Holds {
  const listed = async (access: PatronAccess): ReturnType<Holds['list']> => {
    const answer = await holds.list(access);
    if ('denied' in answer) return answer;
    const known = await titles.of(answer.holds.flatMap(({ itemBarcode }) => itemBarcode ?? []));
    return {
      holds: answer.holds.map((hold) =>
        withTitle(hold, hold.itemBarcode === undefined ? undefined : known.get(hold.itemBarcode)),
      ),
    };
  };

  const copiesOf = async (access: PatronAccess, target: HoldTarget): Promise<HoldTarget[]> => {
    if ('itemId' in target) return isNameless(target.itemId) ? [] : [target];
    const items = (await catalog.holdings(target.bibId))?.items ?? [];
    const held = await holds.list(access);
    const waiting = 'denied' in held ? [] : held.holds.map(({ itemBarcode }) => itemBarcode);
    return [...items]
      .filter(({ barcode }) => barcode !== '')
      .sort(
        (a, b) =>
          Number(waiting.includes(b.barcode)) - Number(waiting.includes(a.barcode)) ||
          (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'),
      )
      .slice(0, MAX_COPIES)
      .map(({ itemId }) => ({ itemId }));
  };

  return {
    list: listed,
    cancel: holds.cancel,
    pickupPlaces: async (access, target) => {
      const [copy] = await copiesOf(access, target);
      return copy ? holds.pickupPlaces(access, copy) : [];
    },
    place: async (access, target, choice): Promise<Step> => {
      // The catalogue's id of a title means nothing, or another title, to the circulation: it is never passed on.
      let step: Step = { status: 'refused', code: 'NOT_HOLDABLE' };
      for (const copy of await beforeWrite(copiesOf(access, target))) {
        step = await holds.place(access, copy, choice);
        if (step.status !== 'refused' || step.code !== 'NOT_HOLDABLE') break;
      }
      if (step.status !== 'done' || !step.hold || !('bibId' in target)) return step;
      return { ...step, hold: { ...step.hold, bibId: target.bibId } };
    },
  };
}
