import fs from 'node:fs';
import path from 'node:path';
import schema from '../../cloudfunctions/schema.json';

interface Field {
  purpose: string;
  retention: string;
  sealed?: boolean;
}
interface Collection {
  ownedBy: string;
  indexes: { name: string; fields: { field: string }[] }[];
  fields: Record<string, Field>;
}

const collections = Object.entries(schema.collections as Record<string, Collection>);
const document = fs.readFileSync(path.join(__dirname, '../../docs/privacy.md'), 'utf8');

/** The rows of the table in a section, without its head. */
function rowsOf(heading: string): string[][] {
  const section = document.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/privacy.md', () => {
  it('names each collection, and no other', () => {
    expect(rowsOf('In the cloud').map(([name]) => name)).toEqual(collections.map(([name]) => `\`${name}\``));
  });

  it('says of each stored field what it is for and how long it is kept, as the schema does', () => {
    const expected = collections.flatMap(([name, { fields }]) =>
      Object.entries(fields).map(([field, { purpose, retention, sealed = false }]) => [
        `\`${name}.${field}\``,
        purpose,
        retention === 'as _id' ? `as \`${name}._id\`` : retention,
        sealed ? 'yes' : '',
      ]),
    );
    expect(rowsOf('Each field in the cloud')).toEqual(expected);
  });
});

describe('cloudfunctions/schema.json', () => {
  it.each(collections)(
    '%s says whose its documents are, and describes what it indexes',
    (_, { ownedBy, indexes, fields }) => {
      expect(ownedBy).toMatch(/^(_id|owner|lookup|nobody|patron:(_id|owner|patron|reader))$/);
      expect(Object.keys(fields)).toContain('_id');
      const field = ownedBy.split(':').at(-1)!;
      if (!['lookup', 'nobody'].includes(field)) expect(Object.keys(fields)).toContain(field);
      for (const { purpose, retention } of Object.values(fields)) {
        expect(purpose).not.toBe('');
        expect(retention).not.toBe('');
      }
      for (const { field } of indexes.flatMap((index) => index.fields)) {
        expect(Object.keys(fields)).toContain(field.split('.')[0]);
      }
    },
  );

  it('has an index for what is searched by owner or swept by date', () => {
    for (const [name, { ownedBy, indexes, fields }] of collections) {
      const first = indexes.map((index) => index.fields[0]?.field);
      const field = ownedBy.split(':').at(-1)!;
      if (['owner', 'patron', 'reader'].includes(field))
        expect({ name, first }).toEqual({ name, first: expect.arrayContaining([field]) });
      if ('expiresAt' in fields)
        expect({ name, first }).toEqual({ name, first: expect.arrayContaining(['expiresAt']) });
    }
  });
});
