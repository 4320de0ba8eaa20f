import type { SignInAnswers } from '../../../contracts/cards';
import { AppError } from '../../runtime/app-error';

/**
 * What a reader typed, as the library's system expects it. Chinese keyboards type
 * full-width digits and letters; a card number is often copied with blanks in it.
 * Every spelling of one number must become the same here, or each would have
 * attempts of its own.
 * @throws {AppError} BAD_REQUEST for what no card, PIN or ticket holds
 */
export function cleanAnswers(answers: SignInAnswers): SignInAnswers {
  const { cardNumber, pin, captcha, ticket } = answers;
  const typed = (text: string): string => toHalfWidth(requirePrintable(text));
  return {
    ...(cardNumber !== undefined && { cardNumber: typed(cardNumber).replace(/\s+/gu, '') }),
    ...(pin !== undefined && { pin: typed(pin) }),
    ...(captcha !== undefined && { captcha: typed(captcha).trim() }),
    ...(ticket !== undefined && { ticket: requirePrintable(ticket) }),
  };
}

const toHalfWidth = (text: string): string =>
  text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');

/** Control and invisible characters and lone surrogates would mean something else to a line protocol than to us. */
function requirePrintable(text: string): string {
  if (text.trim() === '' || /[\p{Cc}\p{Cf}\p{Cs}\ufffd]/u.test(text)) {
    throw new AppError('BAD_REQUEST', 'answers: expected printable text');
  }
  return text;
}
