import { decodeXml } from './decode-xml';
import { readXml } from './read-xml';
import type { XmlHandler } from './read-xml';
import type { ControlField, DataField, MarcRecord, Subfield } from './record';

interface Draft {
  leader: string;
  control: ControlField[];
  data: DataField[];
  problems: string[];
}

/**
 * Collects MARC records (MARCXML 1.1 and its kin, whatever their namespace) from the events of an XML reader. Elements
 * that are not MARCXML are passed over, so a record may lie in any envelope; of nested `record` elements the innermost
 * is the MARC record.
 */
export class MarcXmlCollector implements XmlHandler {
  readonly records: MarcRecord[] = [];
  private draft: Draft | undefined;
  private text_: string | undefined;
  private tag = '';
  private code = '';
  private ind1 = ' ';
  private ind2 = ' ';
  private subfields: Subfield[] | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'record':
        this.draft = { leader: '', control: [], data: [], problems: [] };
        this.subfields = undefined;
        break;
      case 'leader':
        this.text_ = '';
        break;
      case 'controlfield':
        this.tag = attributes.tag ?? '';
        this.text_ = '';
        break;
      case 'datafield':
        this.tag = attributes.tag ?? '';
        this.ind1 = attributes.ind1 ?? ' ';
        this.ind2 = attributes.ind2 ?? ' ';
        this.subfields = [];
        break;
      case 'subfield':
        this.code = attributes.code ?? '';
        this.text_ = '';
        break;
      default:
    }
  }

  text(text: string): void {
    if (this.text_ !== undefined) this.text_ += text;
  }

  close(name: string): void {
    const text = this.text_ ?? '';
    switch (name) {
      case 'leader':
        if (this.draft) this.draft.leader = text;
        this.text_ = undefined;
        break;
      case 'controlfield':
        this.addControl(text);
        this.text_ = undefined;
        break;
      case 'subfield':
        this.subfields?.push({ code: this.code, value: text });
        this.text_ = undefined;
        break;
      case 'datafield':
        this.addData();
        break;
      case 'record':
        this.finish();
        break;
      default:
    }
  }

  private addControl(value: string): void {
    if (!this.draft) return;
    if (isTag(this.tag)) this.draft.control.push({ tag: this.tag, value });
    else this.draft.problems.push('a control field without a tag of three characters');
  }

  private addData(): void {
    const { draft, subfields } = this;
    this.subfields = undefined;
    if (!draft || !subfields) return;
    if (!isTag(this.tag)) draft.problems.push('a data field without a tag of three characters');
    else draft.data.push({ tag: this.tag, ind1: this.ind1, ind2: this.ind2, subfields });
  }

  private finish(): void {
    const { draft } = this;
    this.draft = undefined;
    // The envelope of SRU is called `record`, too, and has nothing of its own left when its inner record has closed.
    if (draft && (draft.leader !== '' || draft.control.length > 0 || draft.data.length > 0)) {
      this.records.push(draft);
    }
  }
}

const isTag = (tag: string): boolean => /^[0-9A-Za-z]{3}$/.test(tag);

/**
 * All MARC records of an XML document, in their order.
 * @param xml text, or bytes whose character set is found as XML prescribes
 * @throws MarcError when it is no whole, well-formed, harmless XML
 */
export function readMarcXml(xml: string | Uint8Array): MarcRecord[] {
  const collector = new MarcXmlCollector();
  readXml(typeof xml === 'string' ? xml : decodeXml(xml), collector);
  return collector.records;
}
