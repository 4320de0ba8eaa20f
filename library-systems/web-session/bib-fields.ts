import { parse } from 'isbn3';

/** An ISBN as thirteen digits, out of a text such as "978-7-229-10062-9/CNY27.10". */
export function isbn13In(text: string | undefined): string | undefined {
  for (const [candidate] of (text ?? '').slice(0, 200).matchAll(/\d[\dXx-]{8,16}/g)) {
    const isbn = parse(candidate.replace(/-+$/, ''));
    if (isbn?.isValid) return isbn.isbn13;
  }
  return undefined;
}

/**
 * Main class of the Chinese Library Classification, from a call number or class of it. Its classes of two letters are
 * those of T and DF; QA76 and the like are of the Library of Congress.
 */
export function clcOf(classNumber: string | undefined): string | undefined {
  const [, letter] = /^(T(?=[A-Z]?\d)|D(?=F?\d)|[A-CE-KN-SUVXZ](?=\d))/u.exec(classNumber ?? '') ?? [];
  return letter;
}

/** What ends a statement of responsibility: 著, 编, 译 and the like. */
const ROLE = /(著|编|译|辑|撰|绘|校|注|作|写|等|述|摄|改编|整理)\]?$/u;

/**
 * "题名 / 责任者", as catalogues write it. A slash without blanks around it is one of the title ("TCP/IP详解")
 * unless what follows names somebody.
 */
export function splitTitle(text: string): { title: string; author: string } {
  const spaced = text.indexOf(' / ');
  if (spaced > 0) return { title: text.slice(0, spaced).trim(), author: text.slice(spaced + 3).trim() };
  const last = text.lastIndexOf('/');
  const author = text.slice(last + 1).trim();
  if (last <= 0 || !ROLE.test(author)) return { title: text.trim(), author: '' };
  return { title: text.slice(0, last).trim(), author };
}

/** "北京:中国人民大学出版社,2022": the publisher, not the place; absent when there is none. */
export function publisherIn(text: string): string | undefined {
  const [, rest = ''] = /^[^:：]*[:：](.*)$/u.exec(text.trim()) ?? [];
  const publisher = rest.replace(/[,，]\s*[\[(]?\d{4}.*$/u, '').trim();
  return publisher === '' ? undefined : publisher;
}
