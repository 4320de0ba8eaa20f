/** Full-width letters, digits and marks of Chinese keyboards as ASCII; anything else stays. */
export function toHalfWidth(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\u3000/g, ' ');
}

/** A card number as it is meant: half width, without blanks. */
export function cleanCardNumber(text: string): string {
  return toHalfWidth(text).replace(/\s+/g, '');
}
