/**
 * Takes a multipart/form-data body apart. Node's own parser reads parts without a file name as text, which
 * would break the SDK's protobuf.
 * @throws {SyntaxError} when it is not well-formed
 */
export function parseMultipart(body: Buffer, contentType: string): Map<string, Buffer> {
  const boundary = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (!name) throw new SyntaxError('multipart without a boundary');
  const delimiter = Buffer.from(`\r\n--${name}`);
  // the first delimiter has no line break before it
  const whole = Buffer.concat([Buffer.from('\r\n'), body]);
  const parts = new Map<string, Buffer>();
  let at = whole.indexOf(delimiter);
  for (;;) {
    const start = at + delimiter.length;
    if (at < 0) throw new SyntaxError('multipart without its last boundary');
    if (whole.toString('latin1', start, start + 2) === '--') return parts;
    at = whole.indexOf(delimiter, start);
    const headersEnd = whole.indexOf('\r\n\r\n', start);
    if (at < 0 || headersEnd < 0 || headersEnd > at) throw new SyntaxError('multipart with a broken part');
    const headers = whole.toString('utf8', start, headersEnd);
    const partName = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(headers)?.[1];
    if (partName === undefined) throw new SyntaxError('multipart with a part that has no name');
    parts.set(partName, whole.subarray(headersEnd + 4, at));
  }
}
