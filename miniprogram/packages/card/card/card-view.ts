import type { Card, PassOutput } from '../../../../contracts/cards';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { cardSymbol, symbolImage, symbolWidth } from '../../../lib/card-symbol';
import { dayText, daysUntil, today } from '../../../lib/dates';

/** The barcode and the number below it. */
export interface PassView {
  /** Address of the picture; empty when this kind of barcode cannot say the number */
  image: string;
  /** Pixels */
  width: number;
  height: number;
  number: string;
  name: string;
  maskedName: string;
}

const LINE_HEIGHT = 116;
const QR_SIZE = 232;

/**
 * @param room width for the barcode in pixels
 * @param density dots of the screen in a pixel
 */
export function passView(pass: PassOutput, room: number, density: number): PassView {
  const { cardNumber, symbology, name = '' } = pass;
  const symbol = cardSymbol(cardNumber, symbology);
  const square = symbology === 'qr';
  const dots = (square ? Math.min(room, QR_SIZE) : room) * density;
  const width = symbol === undefined ? 0 : symbolWidth(symbol, dots) / density;
  return {
    image: symbol === undefined ? '' : symbolImage(symbol),
    width,
    height: square ? width : LINE_HEIGHT,
    number: cardNumber.replace(/(.{4})(?=.)/g, '$1 '),
    name,
    maskedName: maskName(name),
  };
}

/** All but the first character hidden. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name];
  return first + '＊'.repeat(Math.min(rest.length, 3));
}

const SOON_DAYS = 30;

/** " · 还有 6 天": a reader is told in time that the card ends. */
function endWords(expiresAt: string | undefined, t: Texts['shelf']): string {
  const days = expiresAt === undefined ? -1 : daysUntil(expiresAt);
  if (days < 0 || days > SOON_DAYS) return '';
  return ` · ${days === 0 ? t.dueToday : days === 1 ? t.dueTomorrow : fill(t.dueIn, { n: days })}`;
}

/** The facts of a card, those that the library tells. */
export function cardFacts(
  card: Pick<Card, 'readerType' | 'expiresAt'> & Partial<Card>,
  { card: t, shelf }: Texts,
  language: Language,
): { label: string; value: string }[] {
  const day = (date: string | undefined): string => (date === undefined ? '' : dayText(date, language, ''));
  return [
    { label: t.type, value: card.readerType.name },
    { label: t.department, value: card.department ?? '' },
    { label: t.grade, value: card.grade ?? '' },
    { label: t.expires, value: day(card.expiresAt) + endWords(card.expiresAt, shelf) },
    { label: t.boundAt, value: day(card.boundAt && today(new Date(card.boundAt))) },
  ].filter(({ value }) => value !== '');
}
