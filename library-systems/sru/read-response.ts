import { MarcXmlCollector, readMarcXml, readXml } from '../marc';
import type { MarcRecord, XmlHandler } from '../marc';
import { LibraryFault } from '../library-fault';

export interface SruRecord {
  schema: string;
  /** Absent when the record is not MARC. */
  marc?: MarcRecord;
  /** In place of a record that the server could not give (SRU 1.2, surrogate diagnostics). */
  diagnostic?: string;
}

export interface SruResponse {
  operation: 'searchRetrieve' | 'explain';
  /** Absent when the server does not tell, as with diagnostics. */
  numberOfRecords?: number;
  /** Present when there are more records behind the last one of the answer. */
  nextRecordPosition?: number;
  records: SruRecord[];
  /** URIs of the diagnostics of the whole answer. */
  diagnostics: string[];
}

const ROOTS = { searchRetrieveResponse: 'searchRetrieve', explainResponse: 'explain' } as const;
/** Elements of the envelope whose text is read. */
const TEXTS = new Set([
  'numberOfRecords',
  'nextRecordPosition',
  'recordSchema',
  'recordPacking',
  'recordXMLEscaping',
  'uri',
]);

/**
 * Reads the envelope of SRU 1.1, 1.2 and 2.0 and the MARC records in it, in one pass. Prefixes and namespaces differ by
 * version and by server and are not looked at.
 * @throws {MarcError} for what is no harmless XML
 * @throws {LibraryFault} GARBLED for XML that is not of SRU
 */
export function readResponse(xml: string): SruResponse {
  const reader = new ResponseReader();
  readXml(xml, reader);
  return reader.finish();
}

class ResponseReader implements XmlHandler {
  private readonly path: string[] = [];
  private readonly response: SruResponse = { operation: 'searchRetrieve', records: [], diagnostics: [] };
  private value: string | undefined;
  private record: (SruRecord & { escaped: boolean }) | undefined;
  /** Depth of `recordData`, while within it. */
  private dataDepth: number | undefined;
  private collector = new MarcXmlCollector();
  private data = '';

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.path.push(name);
    if (this.path.length === 1) this.root(name);
    else if (this.dataDepth !== undefined) {
      this.collector.open(name, attributes);
      if (name === 'uri') this.value = '';
    } else if (name === 'record') {
      this.record = { schema: '', escaped: false };
    } else if (name === 'recordData') {
      this.dataDepth = this.path.length;
      this.collector = new MarcXmlCollector();
      this.data = '';
    } else if (TEXTS.has(name)) {
      this.value = '';
    }
  }

  text(text: string): void {
    if (this.value !== undefined) this.value += text;
    if (this.dataDepth === undefined) return;
    this.collector.text(text);
    // Records that are sent as text have nothing but text here.
    if (this.path.length === this.dataDepth) this.data += text;
  }

  close(name: string): void {
    const parent = this.path.at(-2);
    if (this.dataDepth === this.path.length) this.endData();
    else if (this.dataDepth !== undefined) {
      this.collector.close(name);
      if (name === 'uri' && this.record) this.record.diagnostic = this.value ?? '';
      this.value = undefined;
    } else if (this.value !== undefined && TEXTS.has(name)) {
      this.take(name, parent, this.value.trim());
      this.value = undefined;
    } else if (name === 'record' && this.record) {
      const { escaped: _, ...record } = this.record;
      this.response.records.push(record);
      this.record = undefined;
    }
    this.path.pop();
  }

  finish(): SruResponse {
    return this.response;
  }

  private root(name: string): void {
    if (!(name in ROOTS)) throw notSru();
    this.response.operation = ROOTS[name as keyof typeof ROOTS];
  }

  private take(name: string, parent: string | undefined, text: string): void {
    if ((name === 'numberOfRecords' || name === 'nextRecordPosition') && /^\d{1,15}$/.test(text)) {
      this.response[name] = Number(text);
    } else if (name === 'uri' && parent === 'diagnostic') this.response.diagnostics.push(text);
    else if (this.record && name === 'recordSchema') this.record.schema = text;
    else if (this.record && (name === 'recordPacking' || name === 'recordXMLEscaping')) {
      this.record.escaped = text === 'string';
    }
  }

  private endData(): void {
    this.dataDepth = undefined;
    if (!this.record) return;
    const inner = this.record.escaped || /^\s*</.test(this.data) ? readMarcXml(this.data) : [];
    const marc = this.collector.records[0] ?? inner[0];
    if (marc) this.record.marc = marc;
  }
}

const notSru = (): LibraryFault =>
  new LibraryFault('GARBLED', 'The server answered in XML that is not of SRU', { reason: 'protocol' });
