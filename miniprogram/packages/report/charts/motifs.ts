import type { Persona } from '../../../../contracts/report/cards';

/**
 * An emblem on a field of 100 × 100. Strokes are absolute SVG path commands M, L, C, Q and Z, and `O x y r` for
 * a circle, all numbers apart by blanks.
 */
export interface Motif {
  strokes: string[];
  fills: string[];
}

export const MOTIFS: Record<Persona, Motif> = {
  // a lamp on a desk, and the moon
  'night-owl': {
    strokes: [
      'M 30 46 L 58 46 L 68 66 L 20 66 Z',
      'M 44 66 L 44 84 M 26 86 L 62 86',
      'M 44 46 Q 44 38 44 36',
      'M 12 90 L 88 90',
      'M 24 74 L 20 80 M 64 74 L 68 80',
    ],
    fills: [
      'M 80 12 C 66 14 62 32 76 40 C 64 42 54 34 56 24 C 58 14 70 8 80 12 Z',
      'O 86 30 1.6',
      'O 22 20 1.6',
      'O 36 12 1.2',
      'O 90 52 1.2',
    ],
  },
  // the sun comes up from an open book
  'early-bird': {
    strokes: [
      'M 30 58 C 30 30 70 30 70 58',
      'M 50 14 L 50 24 M 26 24 L 32 32 M 74 24 L 68 32 M 12 46 L 22 49 M 88 46 L 78 49',
      'M 50 66 C 40 56 24 56 10 60 L 10 84 C 24 80 40 80 50 90 C 60 80 76 80 90 84 L 90 60 C 76 56 60 56 50 66 Z',
      'M 50 66 L 50 90',
      'M 18 68 Q 32 65 42 71 M 18 75 Q 32 72 42 78 M 82 68 Q 68 65 58 71 M 82 75 Q 68 72 58 78',
    ],
    fills: [],
  },
  // a zither's strings, two of them plucked
  devotee: {
    strokes: [
      'M 14 72 C 10 40 30 18 50 18 C 70 18 90 40 86 72',
      'M 8 72 L 92 72 M 16 80 L 84 80',
      'M 32 72 L 32 32 M 44 72 Q 36 48 44 24 M 56 72 Q 64 48 56 24 M 68 72 L 68 32',
    ],
    fills: ['O 50 46 3.5', 'O 24 88 2', 'O 76 88 2'],
  },
  // a path that comes back to its book
  returner: {
    strokes: [
      'M 78 30 C 66 10 34 8 20 30 C 6 54 22 84 50 86 C 72 87 88 70 86 50',
      'M 78 14 L 79 31 L 62 31',
      'M 34 40 L 62 40 L 62 66 L 34 66 Z M 40 40 L 40 66 M 46 48 L 57 48 M 46 54 L 57 54',
    ],
    fills: [],
  },
  // steps that a stream goes down
  steady: {
    strokes: [
      'M 8 26 Q 18 18 28 26 Q 38 34 48 26 Q 58 18 68 26 Q 78 34 92 26',
      'M 8 42 Q 18 34 28 42 Q 38 50 48 42 Q 58 34 68 42 Q 78 50 92 42',
      'M 8 58 Q 18 50 28 58 Q 38 66 48 58 Q 58 50 68 58 Q 78 66 92 58',
      'M 8 74 Q 18 66 28 74 Q 38 82 48 74 Q 58 66 68 74 Q 78 82 92 74',
    ],
    fills: ['O 28 34 2.4', 'O 68 50 2.4', 'O 28 66 2.4', 'O 68 82 2.4'],
  },
  // a well, square in square, and the water at its bottom
  specialist: {
    strokes: [
      'M 10 10 L 90 10 L 90 90 L 10 90 Z',
      'M 23 23 L 77 23 L 77 77 L 23 77 Z',
      'M 35 35 L 65 35 L 65 65 L 35 65 Z',
      'M 10 10 L 35 35 M 90 10 L 65 35 M 10 90 L 35 65 M 90 90 L 65 65',
    ],
    fills: ['M 50 40 C 56 48 59 52 59 56 C 59 61 55 63 50 63 C 45 63 41 61 41 56 C 41 52 44 48 50 40 Z'],
  },
  // a compass
  explorer: {
    strokes: [
      'O 50 50 40',
      'O 50 50 33',
      'M 50 6 L 50 14 M 50 86 L 50 94 M 6 50 L 14 50 M 86 50 L 94 50',
      'M 66 34 L 56 56 L 34 66 L 44 44 Z',
    ],
    fills: ['M 66 34 L 56 56 L 44 44 Z', 'O 50 22 1.6', 'O 50 78 1.6', 'O 22 50 1.6', 'O 78 50 1.6'],
  },
  // a cart with books
  collector: {
    strokes: [
      'M 6 62 L 78 62 L 94 50',
      'O 42 76 15',
      'M 42 61 L 42 91 M 27 76 L 57 76 M 31 65 L 53 87 M 53 65 L 31 87',
      'M 14 52 L 70 52 L 70 62 L 14 62 Z',
      'M 18 42 L 64 42 L 64 52 L 18 52 Z',
      'M 16 32 L 66 32 L 66 42 L 16 42 Z',
      'M 24 22 L 60 22 L 60 32 L 24 32 Z',
      'M 20 12 L 56 12 L 56 22 L 20 22 Z',
      'M 28 12 L 28 22 M 52 22 L 52 32 M 24 32 L 24 42 M 56 42 L 56 52 M 22 52 L 22 62',
    ],
    fills: ['O 42 76 3'],
  },
  // a pearl in its shell
  'treasure-hunter': {
    strokes: [
      'M 12 60 C 14 26 86 26 88 60',
      'M 12 60 L 88 60',
      'M 50 60 L 50 35 M 34 60 Q 32 46 38 38 M 66 60 Q 68 46 62 38 M 22 58 Q 22 50 26 44 M 78 58 Q 78 50 74 44',
      'M 12 66 C 18 92 82 92 88 66',
      'M 20 14 L 20 22 M 16 18 L 24 18 M 80 10 L 80 20 M 75 15 L 85 15',
    ],
    fills: ['O 50 72 8'],
  },
  // a pot of tea
  companion: {
    strokes: [
      'M 24 50 C 22 74 32 84 48 84 C 64 84 74 74 72 50 Z',
      'M 30 50 C 32 42 64 42 66 50',
      'M 72 56 C 86 52 90 66 84 72 C 80 76 74 75 71 73',
      'M 25 58 C 16 58 14 50 8 46',
      'M 40 34 Q 35 28 40 22 Q 45 16 40 10 M 56 34 Q 51 28 56 22 Q 61 16 56 10',
      'M 18 92 L 80 92',
    ],
    fills: ['O 48 41 3'],
  },
  // a kite on the wind
  sprinter: {
    strokes: [
      'M 86 12 L 78 56 L 56 44 L 36 48 Z',
      'M 86 12 L 56 44 L 60 62 L 68 50',
      'M 36 48 C 28 52 32 60 24 64 C 18 67 20 76 10 80',
      'M 8 30 L 34 30 M 16 40 L 30 40 M 44 74 L 84 74 M 56 84 L 78 84',
    ],
    fills: ['M 56 44 L 60 62 L 68 50 Z'],
  },
  // waves below the sun
  'trend-reader': {
    strokes: [
      'O 68 26 13',
      'M 6 60 C 12 40 30 34 42 46 C 34 44 30 50 34 56 C 40 66 54 60 60 54 C 68 46 82 46 94 56',
      'M 6 74 Q 17 64 28 72 Q 39 80 50 72 Q 61 64 72 72 Q 83 80 94 72',
      'M 6 88 Q 17 78 28 86 Q 39 94 50 86 Q 61 78 72 86 Q 83 94 94 86',
    ],
    fills: ['O 20 34 1.8', 'O 28 26 1.4', 'O 14 44 1.4'],
  },
  // a tangram
  'all-rounder': {
    strokes: [
      'M 12 12 L 88 12 L 88 88 L 12 88 Z',
      'M 12 12 L 88 88',
      'M 88 12 L 31 69',
      'M 50 88 L 88 50',
      'M 50 88 L 31 69 M 69 69 L 69 31',
    ],
    fills: ['M 50 50 L 69 31 L 69 69 Z'],
  },
  // a sprout
  newcomer: {
    strokes: [
      'M 50 84 C 50 66 50 56 50 44',
      'M 50 52 C 30 54 20 42 18 26 C 38 26 50 36 50 52 Z',
      'M 50 44 C 52 26 64 16 84 18 C 84 36 70 46 50 44 Z',
      'M 24 84 Q 50 76 76 84 M 14 92 L 86 92',
      'M 28 34 Q 40 40 50 52 M 74 26 Q 60 32 50 44',
    ],
    fills: [],
  },
  // a moon gate with a way through
  guest: {
    strokes: [
      'M 8 8 L 92 8 L 92 92 L 8 92 Z',
      'M 34 84 C 14 72 12 40 32 25 C 44 15 62 16 73 27 C 90 44 86 72 66 84',
      'M 34 84 L 34 92 M 66 84 L 66 92',
      'M 44 92 Q 52 78 47 68 Q 44 60 50 52 M 58 92 Q 60 78 55 68 Q 52 60 52 52',
      'M 24 52 L 76 52',
    ],
    fills: ['O 62 36 5'],
  },
};
