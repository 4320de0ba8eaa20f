import type { ReportWords } from '../zh-CN/index';

export const personas: ReportWords['personas'] = {
  'night-owl': { name: 'The Lamplighter', line: 'When others switch off the light, it just gets good.' },
  'early-bird': { name: 'The First Light', line: 'The library’s first light often falls on your book.' },
  devotee: { name: 'The Kindred Spirit', line: 'Meet one author, and read on until the last book.' },
  returner: { name: 'The Returner', line: 'A good book is worth another visit.' },
  explorer: { name: 'The Wanderer', line: 'From shelf to shelf, with no date of return.' },
  specialist: { name: 'The Well-Digger', line: 'One well, dug deep: there is water down there.' },
  steady: { name: 'The Steady Stream', line: 'Week after week, there you are.' },
  collector: { name: 'The Five Carts', line: 'A scholar’s books filled five carts. Yours still roll.' },
  'treasure-hunter': { name: 'The Treasure Hunter', line: 'You know the way to the quiet shelves.' },
  companion: { name: 'The Slow Reader', line: 'One book, one pot of tea, no hurry.' },
  sprinter: { name: 'The Wind-Chaser', line: 'Borrowed, read and back before the lamp cools.' },
  'trend-reader': { name: 'The Wave-Rider', line: 'What everyone reads, you have read too.' },
  'all-rounder': { name: 'The Tangram', line: 'A bit of everything makes many a shape.' },
  newcomer: { name: 'The Sprout', line: 'It need not be many. You have begun.' },
  guest: { name: 'The Guest at the Gate', line: 'The gate is open. Come in when you like.' },
};
