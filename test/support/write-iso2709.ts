import type { MarcRecord } from '../../library-systems/marc';

/**
 * Writes a record of ISO 2709, lengths in bytes.
 * @param encode text of a field in the character set that is wanted
 */
export function writeIso2709(
  { leader, control, data }: Pick<MarcRecord, 'leader' | 'control' | 'data'>,
  encode: (text: string) => Buffer = (text) => Buffer.from(text, 'utf8'),
): Buffer {
  const fields = [
    ...control.map(({ tag, value }) => ({ tag, bytes: encode(`${value}\x1e`) })),
    ...data.map(({ tag, ind1, ind2, subfields }) => ({
      tag,
      bytes: encode(
        `${ind1}${ind2}${subfields.map(({ code, value }) => `\x1f${code}${value}`).join('')}\x1e`,
      ),
    })),
  ];
  let start = 0;
  const entries = fields.map(({ tag, bytes }) => {
    const entry = tag + String(bytes.length).padStart(4, '0') + String(start).padStart(5, '0');
    start += bytes.length;
    return entry;
  });
  const directory = `${entries.join('')}\x1e`;
  const base = 24 + directory.length;
  const whole =
    String(base + start + 1).padStart(5, '0') +
    leader.slice(5, 12).padEnd(7) +
    String(base).padStart(5, '0') +
    leader.slice(17, 24).padEnd(7);
  return Buffer.concat([
    Buffer.from(whole + directory, 'latin1'),
    ...fields.map(({ bytes }) => bytes),
    Buffer.from('\x1d'),
  ]);
}
