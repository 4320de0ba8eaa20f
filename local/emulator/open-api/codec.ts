import { Reader, Writer } from 'protobufjs/minimal';
import { PlatformError } from '../platform-error';

/** A file among the parameters of an open API. */
export interface MediaParameter {
  contentType: string;
  fileName: string;
  bytes: Buffer;
}

export type Parameters = Record<string, unknown>;

/** What an open API answers: JSON or a picture, or a refusal of the platform before the API was reached. */
export type OpenApiAnswer =
  { json: Record<string, unknown> } | { picture: Buffer; contentType: string } | { platformError: number };

const bytesOf = (reader: Reader): Buffer => Buffer.from(reader.bytes());

/** Field number → what to do with it; other fields are skipped, as in any protobuf reader. */
function readFields(bytes: Uint8Array, fields: Record<number, (reader: Reader) => void>): void {
  const reader = Reader.create(bytes);
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const read = fields[tag >>> 3];
    if (read) read(reader);
    else reader.skipType(tag & 7);
  }
}

/**
 * Reads the SDK's `CommApiData { openapiData = 2 { pairs = 1 { key = 1, value = 2, contenttype = 3, filename = 4 } } }`
 * (wx-server-sdk 4.0.2, src/protobuf/openapi.js). Values are JSON but for files.
 * @throws {Error} when it is not that
 */
function decodeParameters(bytes: Uint8Array): Parameters {
  const pairs: Buffer[] = [];
  readFields(bytes, {
    2: (reader) => readFields(bytesOf(reader), { 1: (inner) => pairs.push(bytesOf(inner)) }),
  });
  return Object.fromEntries(pairs.map(decodePair));
}

/** The parameters of a call. @throws {PlatformError} when the bytes are not what the SDK writes */
export function readParameters(requestData: Buffer): Parameters {
  try {
    return decodeParameters(requestData);
  } catch (error) {
    throw new PlatformError('INVALID_PARAM', `requestData: ${error instanceof Error ? error.message : ''}`);
  }
}

function decodePair(bytes: Buffer): [string, unknown] {
  let [key, contentType, fileName] = ['', '', ''];
  let value: Buffer = Buffer.alloc(0);
  readFields(bytes, {
    1: (reader) => (key = reader.string()),
    2: (reader) => (value = bytesOf(reader)),
    3: (reader) => (contentType = reader.string()),
    4: (reader) => (fileName = reader.string()),
  });
  if (contentType) return [key, { contentType, fileName, bytes: value } satisfies MediaParameter];
  return [key, JSON.parse(value.toString())];
}

/** Writes `CommOpenApiResp { respData = 1, contentType = 2, errorCode = 3, httpCode = 4 }`. */
export function encodeAnswer(answer: OpenApiAnswer): Buffer {
  const writer = Writer.create();
  if ('platformError' in answer) writer.uint32(24).int32(answer.platformError);
  else {
    const [bytes, type] =
      'json' in answer
        ? [Buffer.from(JSON.stringify(answer.json)), 'application/json; charset=utf-8']
        : [answer.picture, answer.contentType];
    writer.uint32(10).bytes(bytes).uint32(18).string(type);
  }
  return Buffer.from(writer.uint32(32).uint32(200).finish());
}
