import * as v from 'valibot';
import type { Named } from '../../../../contracts/catalog';
import type { LoanPolicy } from '../../../../contracts/library';
import { BankItem } from '../../../../contracts/onboarding/bank';
import type { Words } from '../../../../contracts/onboarding/words';
import { itemId } from './item-id';
import { numberOptions } from './number-options';
import { scopesOf } from './policy-scopes';
import { books, days, holds, lastDays, money, openDays, sentence, times } from './policy-words';

/** Numbers that libraries are found to have; cents for money. */
const LADDERS = {
  loans: [2, 3, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300],
  holds: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20],
  days: [1, 3, 5, 7, 10, 14, 21, 30, 45, 60, 75, 90, 120, 150, 180, 240, 365],
  renewals: [0, 1, 2, 3, 4, 5],
  window: [1, 2, 3, 5, 7, 10, 14, 20, 30],
  perDay: [5, 10, 20, 30, 50, 100, 200],
  debts: [500, 1_000, 1_500, 2_000, 3_000, 5_000, 8_000, 10_000, 20_000],
  pickup: [1, 2, 3, 4, 5, 7, 10, 14],
};

interface Question {
  what: string;
  right: number;
  ladder: readonly number[];
  option: (number: number) => Words;
  stem: Words;
  explanation: Words;
}

/**
 * Questions about the rules by which this library lends to readers of this type; only what its system says, and
 * nothing where it says nothing or a rule would make no sense as a question (no loans at all, 0 days).
 */
export function generatePolicyItems(policy: LoanPolicy, readerType: Named): BankItem[] {
  const questions = [
    ...limitQuestions(policy, readerType),
    ...loanQuestions(policy, readerType),
    ...debtQuestions(policy),
  ];
  const items = questions.map(toItem);
  // Names of a library may be longer than a question can be.
  return [...new Map(items.filter((item) => v.is(BankItem, item)).map((item) => [item.id, item])).values()];
}

function toItem({ what, right, ladder, option, stem, explanation }: Question): BankItem {
  const id = itemId(`policy-${what}`, [stem.zh, right]);
  return {
    ...{ id, version: 1, module: 'borrowing', type: 'single', stem, explanation },
    ...numberOptions(right, ladder, option, id),
    ruleRef: `policy.${what}`,
  };
}

function limitQuestions(policy: LoanPolicy, readerType: Named): Question[] {
  const limit = policy.limits.find((line) => line.readerType.code === readerType.code);
  const questions: Question[] = [];
  if (limit && limit.maxLoans > 0) {
    const right = limit.maxLoans;
    questions.push({
      ...{ what: 'max-loans', right, ladder: LADDERS.loans, option: books },
      stem: {
        zh: '按你的读者类型，你最多可以同时借几册书？',
        en: 'With your type of card, how many books may you have on loan at the same time?',
      },
      explanation: {
        zh: `你最多可以同时借 ${books(right).zh}。借满以后，还掉几册就又可以借了。`,
        en: `You may have up to ${books(right).en} on loan at once. When you have reached the limit, return some and you can borrow again.`,
      },
    });
  }
  if (limit && limit.maxHolds > 0) {
    const right = limit.maxHolds;
    questions.push({
      ...{ what: 'max-holds', right, ladder: LADDERS.holds, option: holds },
      stem: {
        zh: '想借的书都借出了，可以预约。你最多可以同时有几个预约？',
        en: 'When all copies of a book are out, you can place a hold. How many holds may you have at the same time?',
      },
      explanation: {
        zh: `你最多可以同时有 ${holds(right).zh}。不再需要的预约请取消，好让给后面的同学。`,
        en: `You may have up to ${holds(right).en} at once. Please cancel what you no longer need, so that the next reader gets the book sooner.`,
      },
    });
  }
  if (limit && limit.maxHolds > 0 && policy.pickupOpenDays) {
    const right = policy.pickupOpenDays;
    questions.push({
      ...{ what: 'pickup-days', right, ladder: LADDERS.pickup, option: openDays },
      stem: {
        zh: '你预约的书到了，在取书处等你来取。它会为你保留多久？',
        en: 'A book that you have on hold has arrived and waits at the pickup place. How long is it kept for you?',
      },
      explanation: {
        zh: `预约到的书保留 ${openDays(right).zh}，闭馆的日子不算。过期不取，书就给下一位读者了。`,
        en: `A book on hold is kept for ${openDays(right).en}; days on which the library is closed do not count. After that it goes to the next reader.`,
      },
    });
  }
  return questions;
}

function loanQuestions(policy: LoanPolicy, readerType: Named): Question[] {
  const lent = scopesOf(policy, readerType, 'days').filter(({ rule }) => rule.days > 0);
  const renewed = scopesOf(policy, readerType, 'renewals').filter(({ rule }) => rule.days > 0);
  const prolonged = scopesOf(policy, readerType, 'renewalDays').filter(
    ({ rule }) => rule.renewals > 0 && rule.renewalDays > 0,
  );
  const questions = [
    ...lent.map(({ rule, books: { zh, en }, apart }): Question => ({
      ...{ what: 'loan-days', right: rule.days, ladder: LADDERS.days, option: days },
      stem: {
        zh: `${apart.zh}${zh}一次可以借多少天？（续借不算在内）`,
        en: sentence(`${apart.en}for how many days can you borrow ${en}, not counting renewals?`),
      },
      explanation: {
        zh: `借期是 ${days(rule.days).zh}。准确的应还日写在“我的借阅”里，遇到闭馆可能顺延。`,
        en: `The loan is for ${days(rule.days).en}. The exact due date is shown with your loans; it may move when the library is closed that day.`,
      },
    })),
    ...renewed.map(({ rule, books: { zh, en }, apart }): Question => ({
      ...{ what: 'renewals', right: rule.renewals, ladder: LADDERS.renewals, option: times },
      stem: {
        zh: `${apart.zh}${zh}最多可以续借几次？`,
        en: sentence(`${apart.en}how many times can ${en} be renewed at most?`),
      },
      explanation:
        rule.renewals === 0
          ? {
              zh: '不能续借，请在应还日之前还回来。',
              en: 'They cannot be renewed: please bring them back by the due date.',
            }
          : {
              zh: `最多可以续借 ${times(rule.renewals).zh}。次数用完以后，要在应还日之前还回来。`,
              en: `They can be renewed ${times(rule.renewals).en.toLowerCase()} at most. After that, please bring them back by the due date.`,
            },
    })),
    ...prolonged.map(({ rule, books: { zh, en }, apart }): Question => ({
      ...{ what: 'renewal-days', right: rule.renewalDays, ladder: LADDERS.days, option: days },
      stem: {
        zh: `${apart.zh}${zh}每续借一次，续借的期限是多少天？`,
        en: sentence(`${apart.en}how long is each renewal of ${en}?`),
      },
      explanation: {
        zh: `每次续借的期限是 ${days(rule.renewalDays).zh}。续借以后，请看一眼新的应还日。`,
        en: `Each renewal is for ${days(rule.renewalDays).en}. Have a look at the new due date after renewing.`,
      },
    })),
  ];
  const window = policy.renewalWindowDays;
  if (window && prolonged.length > 0) {
    questions.push({
      ...{ what: 'renewal-window', right: window, ladder: LADDERS.window, option: lastDays },
      stem: {
        zh: '可以续借的书，什么时候能续？（应还日当天也算一天）',
        en: 'When can you renew a book that may be renewed? (The due date itself counts as a day.)',
      },
      explanation: {
        zh: `只能在${lastDays(window).zh}续借，应还日当天也算。来早了，就过几天再续。`,
        en: `${lastDays(window).en} only, the due date included. If it is too early, come back a few days later.`,
      },
    });
  }
  return questions;
}

function debtQuestions({
  overdueCentsPerOpenDay: perDay,
  maxOverdueCents: most,
  blockAtCents: block,
}: LoanPolicy): Question[] {
  const questions: Question[] = [];
  if (perDay !== undefined) {
    questions.push({
      ...{ what: 'overdue-day', right: perDay, ladder: LADDERS.perDay, option: money },
      stem: {
        zh: '一册书过了应还日还没有还，每过一个开馆日收多少逾期费？',
        en: 'A book is overdue. What is charged for each further day on which the library is open?',
      },
      explanation:
        perDay === 0
          ? {
              zh: '本馆不按天收逾期费，但别的读者可能正等着这册书，请按时归还。',
              en: 'This library charges nothing by the day; but somebody may be waiting for the book, so please return it in time.',
            }
          : {
              zh: `每逾期一个开馆日收 ${money(perDay).zh}。到期前续借或归还，就不会有逾期费。`,
              en: `Each open day costs ${money(perDay).en}. Renew or return the book by its due date and you pay nothing.`,
            },
    });
  }
  if (perDay && most) {
    questions.push({
      ...{ what: 'overdue-most', right: most, ladder: LADDERS.debts, option: money },
      stem: {
        zh: '一册书逾期很久才还，逾期费不会一直涨下去。它最多收到多少？',
        en: 'A book comes back long after its due date. The charge does not grow for ever: how much is it at most?',
      },
      explanation: {
        zh: `一册书的逾期费最多 ${money(most).zh}。逾期再久，也请把书还回来。`,
        en: `The charge for one book is ${money(most).en} at most. However late it is, please bring the book back.`,
      },
    });
  }
  if (block) {
    questions.push({
      ...{ what: 'block', right: block, ladder: LADDERS.debts, option: money },
      stem: {
        zh: '欠图书馆的费用达到多少，借书就会被暂停？',
        en: 'How much must a reader owe the library before borrowing is blocked?',
      },
      explanation: {
        zh: `欠费达到 ${money(block).zh}，借书就会暂停，付清后恢复。小额欠费也请早点付清。`,
        en: `Borrowing is blocked at ${money(block).en} and opens again when the debt is paid. Small debts are best paid early, too.`,
      },
    });
  }
  return questions;
}
