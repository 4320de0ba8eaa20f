import { splitPath, valuesAtPath } from '../paths';
import { fieldOf, isDocument, keyOf, type Document, type Value } from '../values';
import { requestFailed, unsupported } from '../wire-error';
import { setField, type StageRun } from './group-stage';

/** Follows documents only: `$unwind` does not look into arrays on the way. */
function directValue(document: Document, path: readonly string[]): Value | undefined {
  let node: Value | undefined = document;
  for (const segment of path) {
    if (node === undefined || !isDocument(node)) return undefined;
    node = fieldOf(node, segment);
  }
  return node;
}

function fieldPath(stage: string, value: Value | undefined): string {
  if (typeof value !== 'string' || !value.startsWith('$') || value.startsWith('$$')) {
    throw requestFailed(`${stage} needs a path that begins with a '$'`);
  }
  return value.slice(1);
}

export function compileUnwind(value: Value): StageRun {
  const spec = isDocument(value) ? value : { path: value };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays = false, ...others } = spec;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unsupported(`the parameter '${unknown}' of $unwind`);
  if (
    includeArrayIndex !== undefined &&
    (typeof includeArrayIndex !== 'string' || includeArrayIndex === '')
  ) {
    throw requestFailed('includeArrayIndex of $unwind must be a field name');
  }
  const field = fieldPath('$unwind', path);
  const segments = splitPath(field);
  const numbered = (document: Document, index: number | null) =>
    includeArrayIndex === undefined ? document : setField(document, includeArrayIndex, index);
  return (documents) =>
    documents.flatMap((document) => {
      const found = directValue(document, segments);
      if (Array.isArray(found) && found.length > 0) {
        return found.map((item, i) => numbered(setField(document, field, item), i));
      }
      if (found !== undefined && found !== null && !Array.isArray(found)) return [numbered(document, null)];
      if (preserveNullAndEmptyArrays !== true) return [];
      return [numbered(Array.isArray(found) ? withoutField(document, segments) : document, null)];
    });
}

function withoutField(document: Document, [first = '', ...rest]: readonly string[]): Document {
  const { [first]: value, ...others } = document;
  if (rest.length === 0 || value === undefined || !isDocument(value)) return others;
  return { ...document, [first]: withoutField(value, rest) };
}

/** Every key under which a document is found by equality on the path. */
function foreignKeys(document: Document, path: readonly string[]): Set<string> {
  const values = valuesAtPath(document, path);
  const whole = directValue(document, path);
  return new Set([...values, ...(Array.isArray(whole) ? [whole] : [])].map((value) => keyOf(value ?? null)));
}

function stringParameter(spec: Document, name: string): string {
  const value = spec[name];
  if (typeof value !== 'string' || value === '') throw requestFailed(`$lookup needs '${name}' as a string`);
  return value;
}

/** Equality of two fields only; an array on either side stands for its elements, absent equals null. */
export function compileLookup(
  value: Value,
  documentsOf: (collection: string) => Iterable<Document>,
): StageRun {
  if (!isDocument(value)) throw requestFailed('$lookup takes an object');
  for (const name of Object.keys(value)) {
    if (!['from', 'localField', 'foreignField', 'as'].includes(name)) {
      throw unsupported(`the parameter '${name}' of $lookup`);
    }
  }
  const from = stringParameter(value, 'from');
  const local = splitPath(stringParameter(value, 'localField'));
  const foreign = splitPath(stringParameter(value, 'foreignField'));
  const as = stringParameter(value, 'as');
  splitPath(as);
  return (documents) => {
    const candidates = [...documentsOf(from)];
    const byKey = new Map<string, number[]>();
    candidates.forEach((document, i) => {
      for (const key of foreignKeys(document, foreign)) {
        const held = byKey.get(key);
        if (held === undefined) byKey.set(key, [i]);
        else held.push(i);
      }
    });
    return documents.map((document) => {
      const places = new Set<number>();
      for (const wanted of valuesAtPath(document, local)) {
        for (const place of byKey.get(keyOf(wanted ?? null)) ?? []) places.add(place);
      }
      const found = [...places].sort((a, b) => a - b).map((place) => candidates[place] ?? {});
      return setField(document, as, found);
    });
  };
}

function count(stage: string, value: Value | undefined, least: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
    throw requestFailed(`${stage} needs a whole number of ${least} or more`);
  }
  return value;
}

export function compileLimit(value: Value): StageRun {
  const limit = count('$limit', value, 1);
  return (documents) => documents.slice(0, limit);
}

export function compileSkip(value: Value): StageRun {
  const skip = count('$skip', value, 0);
  return (documents) => documents.slice(skip);
}

export function compileCount(value: Value): StageRun {
  if (typeof value !== 'string' || value === '' || value.startsWith('$') || /[.\0]/.test(value)) {
    throw requestFailed('the count field must be a non-empty string without $ and .');
  }
  return (documents) => (documents.length === 0 ? [] : [{ [value]: documents.length }]);
}

/** So many documents at random, none twice. */
export function compileSample(value: Value): StageRun {
  const size = count('$sample', isDocument(value) ? value['size'] : undefined, 0);
  return (documents) => {
    const pool = [...documents];
    const wanted = Math.min(size, pool.length);
    for (let i = 0; i < wanted; i++) {
      const other = i + Math.floor(Math.random() * (pool.length - i));
      const picked = pool[other] ?? {};
      pool[other] = pool[i] ?? {};
      pool[i] = picked;
    }
    return pool.slice(0, wanted);
  };
}
