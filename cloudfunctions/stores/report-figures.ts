import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { command, table } from '../cloud/database';

const COLLECTION = 'report_figures';
/** Characters of one piece: a page of the database stays below 1 MB. */
const PIECE = 600_000;
const AT_ONCE = 8;

/** Figures of a year that speak of nobody in particular, packed as text, piece after piece. */
interface FiguresDocument {
  /** season, name and piece, joined by colons. */
  _id: string;
  season: string;
  name: string;
  packed: string;
}

const idOf = (season: string, name: string, piece: number): string => `${season}:${name}:${piece}`;

/** Keeps anything that JSON can hold under a name. @returns how many pieces it has; they are needed to read it */
export async function keepFigures(season: string, name: string, value: unknown): Promise<number> {
  const text = deflateRawSync(JSON.stringify(value)).toString('base64');
  const pieces = Math.ceil(text.length / PIECE);
  for (let piece = 0; piece < pieces; piece++) {
    const packed = text.slice(piece * PIECE, (piece + 1) * PIECE);
    await table<FiguresDocument>(COLLECTION).put({ _id: idOf(season, name, piece), season, name, packed });
  }
  return pieces;
}

/** @param pieces as {@link keepFigures} gave it @returns undefined when a piece is missing */
export async function readFigures(season: string, name: string, pieces: number): Promise<unknown> {
  const found: (FiguresDocument | undefined)[] = [];
  for (let i = 0; i < pieces; i += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, pieces - i) }, (_, k) => i + k);
    found.push(
      ...(await Promise.all(
        numbers.map((n) => table<FiguresDocument>(COLLECTION).find(idOf(season, name, n))),
      )),
    );
  }
  if (found.some((one) => one === undefined)) return undefined;
  const packed = Buffer.from(found.map((one) => one!.packed).join(''), 'base64');
  return JSON.parse(inflateRawSync(packed).toString('utf8')) as unknown;
}

/** Takes figures away with all their pieces, also those that a run left which was cut off. */
export const removeFigures = (season: string, names: readonly string[]): Promise<number> =>
  table(COLLECTION).removeWhere({ season, name: command().in(names) });
