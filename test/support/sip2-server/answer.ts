import type { Item, Library, Reader } from './library';
import type { Request } from './parse-request';

export interface AnswerOptions {
  institution: string;
  /** Gives the beginning of a list whatever BP and BQ say. */
  ignoresPaging: boolean;
  /** Most entries of a list when none are asked for by place. */
  firstPage: number;
  /** Field with the id of a title in 18. */
  bibIdField: string;
  supported: string;
  /** Zone of the dates in headers: hours east of UTC. */
  headerOffset: number;
  /** `stamp`: 18 characters; `short`: 2026-11-21. */
  dueFormat: 'stamp' | 'short';
  /** How long it may take for an answer, as it says in 98: tenths of a second. */
  timeoutTenths: number;
}

const LISTS = ['AS', 'AT', 'AU', 'AV', 'BU', 'CD'] as const;
const GREETING = '欢迎使用自助服务';

const stamp = (ms: number, hours: number): string => {
  const iso = new Date(ms + hours * 3_600_000).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '')}    ${iso.slice(11, 19).replaceAll(':', '')}`;
};
const count = (list: readonly unknown[]): string => String(list.length).padStart(4, '0');
const flag = (value: boolean): string => (value ? 'Y' : 'N');

/** Answers one request, except 97; the text is without trailer. */
export function answer(library: Library, request: Request, options: AnswerOptions): string {
  const { fields } = request;
  const header = stamp(library.now(), options.headerOffset);
  const due = (item: Item): string => {
    if (!item.loan) return '';
    const at = stamp(item.loan.dueAt, 8);
    return options.dueFormat === 'stamp' ? at : `${at.slice(0, 4)}-${at.slice(4, 6)}-${at.slice(6, 8)}`;
  };
  const ao = `AO${options.institution}|`;
  const patron = (): Reader | undefined => library.readers.get(fields['AA']!);

  switch (request.code) {
    case '99':
      return `98YYYYNN${String(options.timeoutTenths).padStart(3, '0')}003${header}2.00${ao}AM测试图书馆|BX${options.supported}|`;
    case '23': {
      const reader = patron();
      return `24${statusOf(library, reader)}019${header}${ao}${whoIs(library, reader, fields)}`;
    }
    case '63': {
      const reader = patron();
      const card = reader?.card ?? '';
      const lists = {
        AS: library.readyOf(card).map(({ barcode }) => barcode),
        AT: library.overdueOf(card).map(({ barcode }) => barcode),
        AU: library.loansOf(card).map(({ barcode }) => barcode),
        AV: reader?.fines.map(({ text }) => text) ?? [],
        BU: [] as string[],
        CD: library.waitingOf(card).map(({ barcode }) => barcode),
      };
      const id = LISTS[request.fixed['summary']!.indexOf('Y')];
      const wanted = id === undefined ? [] : part(lists[id], fields, options).map((one) => `${id}${one}|`);
      const owed = reader ? library.owes(reader) : 0;
      return (
        `64${statusOf(library, reader)}019${header}` +
        [lists.AS, lists.AT, lists.AU, lists.AV, lists.BU, lists.CD].map(count).join('') +
        `${ao}${whoIs(library, reader, fields)}${reader ? `BHCNY|BV${(owed / 100).toFixed(2)}|CC5.00|` : ''}` +
        wanted.join('') +
        (reader ? `PA${reader.expires}|PC${reader.type}|` : '')
      );
    }
    case '17': {
      const item = library.items.get(fields['AB']!);
      if (!item) return `18010101${header}AB${fields['AB']}|AJ|`;
      const status = item.loan ? '04' : item.onHoldShelf ? '08' : '03';
      return (
        `18${status}0201${header}CF${item.holds.length}|${item.loan ? `AH${due(item)}|` : ''}AB${item.barcode}|` +
        `AJ${item.title}|AQMAIN|BG${options.institution}|CS${item.callNumber}|${options.bibIdField}${item.bibId}|`
      );
    }
    case '29': {
      const result = library.renew(fields['AA']!, fields['AB'] ?? '');
      const item = library.items.get(fields['AB'] ?? '');
      const about = `${ao}AA${fields['AA']}|AB${fields['AB'] ?? ''}|AJ${item?.title ?? ''}|`;
      if ('refused' in result) return `300NUN${header}${about}AH|AF${result.refused}|`;
      return `301YNN${header}${about}AH${due(result.item)}|`;
    }
    case '15': {
      const named = {
        ...(fields['AB'] !== undefined && { barcode: fields['AB'] }),
        ...(fields['AJ'] !== undefined && { bibId: fields['AJ'] }),
      };
      const card = fields['AA']!;
      const result =
        request.fixed['mode'] === '+'
          ? library.place(card, named, fields['BS'] ?? '')
          : library.cancel(card, named);
      if ('refused' in result) return `160N${header}${ao}AA${card}|AF${result.refused}|`;
      const { position } = result;
      const queue = position === undefined ? '' : `BR${position}|`;
      return `161N${header}${queue}${ao}AA${card}|AB${result.item.barcode}|AJ${result.item.title}|`;
    }
    default:
      return `941`;
  }
}

/** BP and BQ name the first and the last entry, from 1. */
function part(list: readonly string[], { BP, BQ }: Record<string, string>, options: AnswerOptions): string[] {
  if (options.ignoresPaging || BP === undefined) return list.slice(0, options.firstPage);
  return list.slice(Number(BP) - 1, BQ === undefined ? undefined : Number(BQ));
}

function statusOf(library: Library, reader: Reader | undefined): string {
  const status = Array.from({ length: 14 }, () => ' ');
  const set = (...places: number[]): void => places.forEach((place) => (status[place] = 'Y'));
  if (!reader || library.isExpired(reader) || reader.barred !== undefined) set(0, 1, 2, 3);
  if (reader?.lost) set(0, 1, 2, 3, 4);
  if (reader && library.isOverLimit(reader)) set(0, 1, 2, 3, 10, 11);
  return status.join('');
}

/** Tells about a reader without a PIN, too, as real servers do; CQ only when a PIN was given. */
function whoIs(library: Library, reader: Reader | undefined, fields: Record<string, string>): string {
  if (!reader) return `AA${fields['AA']}|AE|BLN|AF无此读者证号|`;
  const asked = fields['AD'] !== undefined && fields['AD'] !== '';
  const right = asked && library.checkPin(reader, fields['AD']!);
  const texts = [
    GREETING,
    ...(library.isExpired(reader) ? ['借阅证已到期，请办理延期'] : []),
    ...(reader.lost ? ['借阅证已挂失'] : []),
    ...(reader.barred === undefined ? [] : [reader.barred]),
    ...(library.isOverLimit(reader) ? [`欠款 ${(library.owes(reader) / 100).toFixed(2)} 元`] : []),
    ...(asked && !right ? ['密码错误'] : []),
  ];
  return (
    `AA${reader.card}|AE ${reader.name}|BLY|${asked ? `CQ${flag(right)}|` : ''}` +
    texts.map((text) => `AF${text}|`).join('')
  );
}
