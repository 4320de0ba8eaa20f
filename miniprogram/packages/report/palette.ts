/** Light or dark, as WeChat shows the app. */
export type Theme = 'light' | 'dark';

/**
 * The colours of the story: those of the classes by day as in styles/clc.wxss (a test holds one against the
 * other), each with a darker one for the night, and paper. A canvas cannot read variables of a style sheet,
 * so the story takes its colours from here alone.
 */
const INK = '#1f1d1a';
const WHITE = '#ffffff';
const NIGHT_INK = '#f3eee2';

const COLOURS = {
  a: ['#7c1823', WHITE, '#55171d'],
  b: ['#574266', WHITE, '#3e3147'],
  c: ['#815c94', WHITE, '#4c3954'],
  d: ['#8c4356', WHITE, '#5f323d'],
  e: ['#4a4f45', WHITE, '#363932'],
  f: ['#c9a84c', INK, '#55430f'],
  g: ['#21513f', WHITE, '#1d3b2f'],
  h: ['#a9c8c0', INK, '#2c4a44'],
  i: ['#2e4e7e', WHITE, '#253956'],
  j: ['#dfc3cd', INK, '#5a3f49'],
  k: ['#845a33', WHITE, '#523b25'],
  n: ['#7fae90', INK, '#2b4a37'],
  o: ['#cfe3e6', INK, '#31494f'],
  p: ['#424c50', WHITE, '#313739'],
  q: ['#afc07f', INK, '#414a26'],
  r: ['#8fadbc', INK, '#2f4754'],
  s: ['#e0bd58', INK, '#5a4714'],
  t: ['#67672f', WHITE, '#434323'],
  u: ['#b8956f', INK, '#4d3a26'],
  v: ['#425066', WHITE, '#313a47'],
  x: ['#6fb39b', INK, '#234a3d'],
  z: ['#6e6357', WHITE, '#464039'],
  none: ['#8a8478', INK, '#44423c'],
} as const satisfies Record<string, readonly [cloth: string, ink: string, night: string]>;

const PAPER = { light: { ground: '#f7f4ec', ink: INK }, dark: { ground: '#161614', ink: '#ece7db' } };

export type ClassColour = keyof typeof COLOURS;
export type ColourKey = ClassColour | 'paper';

/** What a card stands on, and what is written on it. */
export interface Colours {
  ground: string;
  ink: string;
}

export const COLOUR_KEYS = [...Object.keys(COLOURS), 'paper'] as ColourKey[];

export function coloursOf(key: ColourKey, theme: Theme): Colours {
  if (key === 'paper') return PAPER[theme];
  const [cloth, ink, night] = COLOURS[key];
  return theme === 'dark' ? { ground: night, ink: NIGHT_INK } : { ground: cloth, ink };
}

/** The cloth of a class and the ink on it, the same by day and night: the spines of a shelf. */
export function clothOf(key: ClassColour): Colours {
  const [ground, ink] = COLOURS[key];
  return { ground, ink };
}

/** The colour of a class letter or of what has none. */
export function classColour(letter: string | undefined): ClassColour {
  const key = letter?.toLowerCase() ?? 'none';
  return key in COLOURS ? (key as ClassColour) : 'none';
}

/** Whether white reads on it better than black: for the bar above the page, which knows only these two. */
export function wantsWhite(ink: string): boolean {
  return ink !== INK;
}
