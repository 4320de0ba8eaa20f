import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { buildOnce } from '../../tools/build-once';
import { ROOT, writeTree } from './support';

let sources: string;
let name: string;
let builds: number;
/** What happens while the first build runs. */
let meanwhile: () => void;
const folders = new Set<string>();

beforeEach(() => {
  sources = writeTree({ 'in/a.ts': 'one', 'in/b.ts': 'two' });
  name = `proof-${randomUUID()}`;
  builds = 0;
  meanwhile = () => undefined;
});
afterEach(() => {
  for (const folder of [sources, ...folders]) fs.rmSync(folder, { recursive: true, force: true });
  folders.clear();
});

/** Joins the sources, as a build would. */
async function build(): Promise<string> {
  const folder = await buildOnce(name, [path.relative(ROOT, sources)], async (outDir) => {
    builds += 1;
    if (builds === 1) meanwhile();
    const files = fs.readdirSync(path.join(sources, 'in')).sort();
    const text = files.map((file) => `${file}=${fs.readFileSync(path.join(sources, 'in', file), 'utf8')}`);
    await fs.promises.writeFile(path.join(outDir, 'out'), text.join(' '));
  });
  folders.add(folder);
  return fs.readFileSync(path.join(folder, 'out'), 'utf8');
}

it('builds once from the same sources', async () => {
  expect([await build(), await build()]).toEqual(['a.ts=one b.ts=two', 'a.ts=one b.ts=two']);
  expect(builds).toBe(1);
});

it.each<[string, () => void, string]>([
  ['changed', () => fs.writeFileSync(path.join(sources, 'in/a.ts'), 'eno'), 'a.ts=eno b.ts=two'],
  ['added', () => fs.writeFileSync(path.join(sources, 'in/c.ts'), ''), 'a.ts=one b.ts=two c.ts='],
  ['removed', () => fs.rmSync(path.join(sources, 'in/b.ts')), 'a.ts=one'],
  [
    'renamed',
    () => fs.renameSync(path.join(sources, 'in/b.ts'), path.join(sources, 'in/z.ts')),
    'a.ts=one z.ts=two',
  ],
])('builds anew when a source was %s', async (_, change, expected) => {
  await build();
  change();
  expect(await build()).toBe(expected);
  expect(builds).toBe(2);
});

it('keeps nothing of sources that were saved while it was built', async () => {
  const save = (text: string): void => fs.writeFileSync(path.join(sources, 'in/a.ts'), text);
  meanwhile = () => save('new');
  expect(await build()).toBe('a.ts=new b.ts=two');
  save('one');
  expect(await build()).toBe('a.ts=one b.ts=two');
});

it('shows nobody what a failed build has begun', async () => {
  const broken = buildOnce(name, [path.relative(ROOT, sources)], async (outDir) => {
    fs.writeFileSync(path.join(outDir, 'out'), 'half');
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  expect(await build()).toBe('a.ts=one b.ts=two');
});

it('removes what nobody has looked at for a day, with nothing left of it, and keeps what is looked at', async () => {
  const dayBefore = new Date(Date.now() - 25 * 3_600_000);
  const makeOld = (folder: string): void => fs.utimesSync(folder, dayBefore, dayBefore);
  await build();
  fs.writeFileSync(path.join(sources, 'in/a.ts'), 'eno');
  await build();
  const [forgotten, kept] = [...folders] as [string, string];
  [forgotten, kept].forEach(makeOld);
  await build();
  fs.writeFileSync(path.join(sources, 'in/a.ts'), 'neo');
  await build();
  expect([forgotten, kept].map((folder) => fs.existsSync(folder))).toEqual([false, true]);
  const drafts = fs.readdirSync(path.dirname(kept)).filter((entry) => entry.startsWith('draft-'));
  const remains = drafts.filter((draft) => {
    const file = path.join(path.dirname(kept), draft, 'out');
    return fs.existsSync(file) && fs.readFileSync(file, 'utf8') === 'a.ts=one b.ts=two';
  });
  expect(remains).toEqual([]);
});

it('gives two that build at once the same', async () => {
  expect(new Set(await Promise.all([build(), build(), build()])).size).toBe(1);
  expect(folders.size).toBe(1);
});
