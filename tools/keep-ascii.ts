import type { Plugin } from 'esbuild';
import { readFile, writeFile } from 'node:fs/promises';

const BEYOND_ASCII = /[^\0-\x7F]/g;
/** A text in which an escape would stay as it is written. */
const RAW_TEXT = /\braw`[^`]*[^\0-\x7F]/;

/**
 * Writes bundles in ASCII. esbuild escapes everything but regular expressions; yet with one letter beyond Latin-1 the engine
 * holds the whole file in two bytes a letter, and reads and compiles it slower by a third or more (ADR 19). The
 * expressions stay the same, their `source` apart.
 */
export const keepAscii: Plugin = {
  name: 'keep-ascii',
  setup(pass) {
    pass.initialOptions.metafile = true;
    pass.onEnd(async ({ metafile }) => {
      for (const file of Object.keys(metafile?.outputs ?? {})) {
        const code = await readFile(file, 'utf8');
        const raw = RAW_TEXT.exec(code);
        if (raw) return { errors: [{ text: `${file}: letters beyond ASCII in String.raw: ${raw[0]}` }] };
        const escaped = code.replace(BEYOND_ASCII, escape);
        if (escaped !== code) await writeFile(file, escaped);
      }
      return {};
    });
  },
};

/** Of one UTF-16 unit: in an expression with the flag `u` two of them in a row are one character, too. */
const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
