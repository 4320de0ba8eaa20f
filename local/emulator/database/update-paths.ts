import { isArrayIndex } from './paths';
import { encodeValue } from './ejson';
import { fieldOf, isDocument, type Document, type Value } from './values';
import { requestFailed } from './wire-error';

/** MongoDB's own limit on nulls that fill an array up to a new index. */
const MAX_PADDING = 1_500_000;

/** Where a path ends: the document or array that holds (or would hold) its last part. */
export type Slot = { holder: Document; key: string } | { holder: Value[]; key: number };

export function readSlot(slot: Slot): Value | undefined {
  return Array.isArray(slot.holder) ? slot.holder[Number(slot.key)] : fieldOf(slot.holder, String(slot.key));
}

export function writeSlot(slot: Slot, value: Value): void {
  if (!Array.isArray(slot.holder)) {
    slot.holder[String(slot.key)] = value;
    return;
  }
  const index = Number(slot.key);
  if (index - slot.holder.length > MAX_PADDING)
    throw requestFailed(`can't backfill more than ${MAX_PADDING} elements`);
  while (slot.holder.length < index) slot.holder.push(null);
  slot.holder[index] = value;
}

/** As in MongoDB, an element of an array becomes null, for the others keep their places. */
export function clearSlot(slot: Slot): void {
  if (!Array.isArray(slot.holder)) delete slot.holder[slot.key];
  else if (Number(slot.key) < slot.holder.length) slot.holder[Number(slot.key)] = null;
}

function slotIn(node: Value, segment: string): Slot | undefined {
  if (isDocument(node)) return { holder: node, key: segment };
  return Array.isArray(node) && isArrayIndex(segment) ? { holder: node, key: Number(segment) } : undefined;
}

/** The place of a path that may be absent; undefined if something on the way is absent or no container. */
export function findSlot(document: Document, path: readonly string[]): Slot | undefined {
  let node: Value | undefined = document;
  for (const [i, segment] of path.entries()) {
    const slot: Slot | undefined = node === undefined ? undefined : slotIn(node, segment);
    if (slot === undefined || i === path.length - 1) return slot;
    node = readSlot(slot);
  }
  return undefined;
}

/** The place of a path, with documents made on the way where nothing is. @throws WireError if a value is in the way */
export function makeSlot(document: Document, path: readonly string[]): Slot {
  let node: Value = document;
  let name = '';
  for (const [i, segment] of path.entries()) {
    const slot = slotIn(node, segment);
    if (slot === undefined) {
      throw requestFailed(`Cannot create field '${segment}' in element {${name}: ${encodeValue(node)}}`);
    }
    if (i === path.length - 1) return slot;
    let next = readSlot(slot);
    if (next === undefined) {
      next = {};
      writeSlot(slot, next);
    }
    node = next;
    name = segment;
  }
  throw requestFailed('an update path is empty');
}
