import type { Denied } from '../../contracts/denials';
import type { Patron, Patrons } from '../circulation';
import { localDateOf } from '../zoned-time';
import type { Koha } from './connection';
import { numberOf, readPatronInfo } from './read-patron-info';
import { readDate, readDue } from './read-time';
import { textOf } from './read-xml';
import type { XmlNode } from './read-xml';

/** Koha writes 9999-12-31 for "without end". */
const ENDLESS = '9999';

export function createPatrons(koha: Koha): Patrons {
  return {
    patron: async ({ ref }) => {
      const info = await readPatronInfo(koha.ask, ref);
      return info === undefined ? undefined : describePatron(koha, info);
    },
  };
}

export function describePatron(koha: Koha, info: XmlNode): Patron {
  const type = textOf(info, 'categorycode') ?? '';
  const name = fullName(textOf(info, 'surname'), textOf(info, 'firstname'));
  const expiresAt = readDate(textOf(info, 'dateexpiry'));
  return {
    ref: numberOf(info, 'borrowernumber'),
    // A reader without a card signs in by user name; there is no number to show then.
    cardNumber: textOf(info, 'cardnumber') ?? '',
    ...(name !== undefined && { name }),
    readerType: koha.config.readerTypes.find(({ code }) => code === type) ?? { code: type, name: type },
    ...(expiresAt !== undefined && { expiresAt }),
    blocks: blocksOf(koha, info, expiresAt),
  };
}

/** Chinese names are written together, family name first. */
function fullName(surname = '', firstName = ''): string | undefined {
  const chinese = /^\p{Script=Han}+$/u.test(surname + firstName);
  const name = chinese ? surname + firstName : `${firstName} ${surname}`.trim();
  return name === '' ? undefined : name;
}

/** What Koha notes on the card: lost, restricted until a day (`debarred`), address to be settled, expired. */
function blocksOf({ config, clock }: Koha, info: XmlNode, expiresAt: string | undefined): Denied[] {
  const blocks: Denied[] = [];
  const today = localDateOf(clock.now(), config.timeZone);
  if (isSet(textOf(info, 'lost'))) blocks.push({ code: 'CARD_LOST', libraryCode: 'lost' });
  const until = readDate(textOf(info, 'debarred'));
  // Koha::Patron::is_debarred: it ends as the named day begins.
  if (until !== undefined && until > today) {
    const comment = textOf(info, 'debarredcomment');
    const ends = readDue(`${until} 00:00`, config.timeZone);
    blocks.push({
      code: 'BLOCKED',
      libraryCode: 'debarred',
      ...(comment !== undefined && { libraryText: comment }),
      ...(until < ENDLESS && ends !== undefined && { retryAt: ends }),
    });
  }
  if (isSet(textOf(info, 'gonenoaddress'))) blocks.push({ code: 'BLOCKED', libraryCode: 'gonenoaddress' });
  const told = textOf(info, 'is_expired');
  if (told === undefined ? expiresAt !== undefined && expiresAt < today : isSet(told)) {
    blocks.push({ code: 'EXPIRED', libraryCode: 'is_expired' });
  }
  return blocks;
}

const isSet = (flag: string | undefined): boolean => flag !== undefined && flag !== '0';
