import type { SignInAnswers, SignInMethod, SignInStart } from '../../../../contracts/cards';
import type { Language, Texts } from '../../../i18n/index';
import { cleanCardNumber, toHalfWidth } from '../../../lib/half-width';

export type FieldName = 'cardNumber' | 'pin' | 'captcha' | 'ticket';
export type Answers = Record<FieldName, string>;

export const NO_ANSWERS: Answers = { cardNumber: '', pin: '', captcha: '', ticket: '' };
export const METHOD_ORDER: readonly SignInMethod[] = ['pin', 'captcha-pin', 'sso'];

/** A field of the form, ready to be shown. */
export interface FormField {
  name: FieldName;
  label: string;
  placeholder: string;
  secret: boolean;
}

/** The fields that the library asks for, with its own labels where it has some that the reader can read. */
export function formFields(start: SignInStart, t: Texts['bind'], language: Language): FormField[] {
  const readable = (label: string | undefined): label is string =>
    label !== undefined && (language === 'zh-CN' || !/\p{Script=Han}/u.test(label));
  if (start.kind === 'sso')
    return [{ name: 'ticket', label: t.ssoTicket, placeholder: t.ssoPlaceholder, secret: false }];
  return start.fields.map(({ name, label, secret }) => ({
    name,
    label: readable(label) ? label : t.fields[name],
    placeholder: t.placeholders[name],
    secret,
  }));
}

/** What was typed, as it is meant: Chinese keyboards write full-width digits. */
export function cleanAnswers(answers: Answers): Answers {
  return {
    cardNumber: cleanCardNumber(answers.cardNumber),
    pin: toHalfWidth(answers.pin),
    captcha: toHalfWidth(answers.captcha).trim(),
    ticket: answers.ticket.trim(),
  };
}

export function firstEmpty(fields: readonly FormField[], answers: Answers): FormField | undefined {
  return fields.find(({ name }) => answers[name].trim() === '');
}

/** Only what the library asked for is sent. */
export function answersFor(fields: readonly FormField[], answers: Answers): SignInAnswers {
  return Object.fromEntries(fields.map(({ name }) => [name, answers[name]]));
}
