import { describe, expect, it } from '@jest/globals';
import { KOHA_952, KOHA_952_STATE, describeItems, readMarcXml } from '../../../library-systems/marc';
import { fixture, record } from './support';

const live = { ...KOHA_952, state: KOHA_952_STATE };
const stateOf = (subfields: string) => {
  const [item] = describeItems(record([`952 ## $p0001${subfields}`]), live);
  return { status: item!.status, dueAt: item!.dueAt };
};

describe('copies in a record', () => {
  it('stand in 952 of Koha', () => {
    expect(
      describeItems(
        record(['952 ## $aMAIN$bEAST$cSTACK$oTP312/1$p0001$977', '952 ## $aMAIN$p0002']),
        KOHA_952,
      ),
    ).toEqual([
      {
        barcode: '0001',
        itemId: '77',
        branchCode: 'EAST',
        locationCode: 'STACK',
        callNumber: 'TP312/1',
        status: 'unknown',
      },
      { barcode: '0002', branchCode: 'MAIN', status: 'unknown' },
    ]);
  });

  it('have a state only where the record is believed to follow the lending', () => {
    expect(stateOf('')).toEqual({ status: 'available', dueAt: undefined });
    expect(stateOf('$q2026-12-01')).toEqual({ status: 'onLoan', dueAt: '2026-12-01' });
    expect(stateOf('$q20261201')).toEqual({ status: 'onLoan', dueAt: '2026-12-01' });
    expect(stateOf('$qsoon')).toEqual({ status: 'onLoan', dueAt: undefined });
    expect(stateOf('$10$40$71')).toEqual({ status: 'referenceOnly', dueAt: undefined });
    expect(stateOf('$7-1')).toEqual({ status: 'processing', dueAt: undefined });
    expect(stateOf('$12$q2026-12-01')).toEqual({ status: 'missing', dueAt: undefined });
    expect(describeItems(record(['952 ## $p0001$q2026-12-01']), KOHA_952)).toEqual([
      { barcode: '0001', status: 'unknown' },
    ]);
  });

  it('stand in 906 of CNMARC, one field a copy', () => {
    const [first] = readMarcXml(fixture('dp2_sample_cnmarcxml.xml'));
    const map = { tag: '906', barcode: 'b', branch: ['a'], callNumber: '$d/$e' };
    expect(describeItems(first!, map)).toEqual(
      ['1683011', '1683012', '1683013'].map((barcode) => ({
        barcode,
        branchCode: '211260',
        callNumber: 'F124/26',
        status: 'unknown',
      })),
    );
  });

  it('may share a field, whose barcode is repeated, and a branch that stands elsewhere', () => {
    const items = describeItems(record(['905 ## $aBNU$b0001$b0002$dI247$e5', '801 ## $bNLC']), {
      tag: '905',
      barcode: 'b',
      branchOfAll: '801$b',
      callNumber: '$d/$e',
    });
    expect(items).toEqual(
      ['0001', '0002'].map((barcode) => ({
        barcode,
        branchCode: 'NLC',
        callNumber: 'I247/5',
        status: 'unknown',
      })),
    );
  });

  it('count without a barcode, but not where a field says nothing', () => {
    expect(describeItems(record(['952 ## $cSTACK', '952 ## $x']), KOHA_952)).toEqual([
      { barcode: '', locationCode: 'STACK', status: 'unknown' },
    ]);
  });
});
