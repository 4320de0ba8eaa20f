import { LibraryFault } from '../library-fault';
import { readXml } from '../marc';
import type { XmlHandler } from '../marc';

/** What a server tells of itself (ZeeRex 2.0, http://explain.z3950.org/dtd/); many tell little of it. */
export interface Explanation {
  database?: string;
  /** Names and identifiers of record schemas. */
  schemas: string[];
  /** Indexes as `set.name`. */
  indexes: string[];
}

/**
 * @throws {MarcError} for what is no harmless XML
 * @throws {LibraryFault} GARBLED for XML that is no answer of SRU
 */
export function readExplain(xml: string): Explanation {
  const reader = new ExplainReader();
  readXml(xml, reader);
  return reader.explanation;
}

class ExplainReader implements XmlHandler {
  readonly explanation: Explanation = { schemas: [], indexes: [] };
  private depth = 0;
  private value: string | undefined;
  private set = '';

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1;
    // A server without an explanation may say so as it answers a search.
    if (this.depth === 1 && name !== 'explainResponse' && name !== 'searchRetrieveResponse') {
      throw new LibraryFault('GARBLED', 'The server answered in XML that is not of SRU', {
        reason: 'protocol',
      });
    }
    if (name === 'database' || name === 'name') this.value = '';
    if (name === 'name') this.set = attributes.set ?? '';
    if (name === 'schema') {
      const { identifier, name: short } = attributes;
      this.explanation.schemas.push(...[short, identifier].filter((each) => each !== undefined));
    }
  }

  text(text: string): void {
    if (this.value !== undefined) this.value += text;
  }

  close(name: string): void {
    this.depth -= 1;
    const value = this.value?.trim() ?? '';
    if (name === 'database' && value !== '') this.explanation.database = value;
    if (name === 'name' && value !== '') {
      this.explanation.indexes.push(this.set === '' ? value : `${this.set}.${value}`);
    }
    if (name === 'database' || name === 'name') this.value = undefined;
  }
}
