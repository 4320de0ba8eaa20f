/**
 * ISO 639-1 for the codes of ISO 639-2/B that MARC uses (Library of Congress, MARC Code List for Languages), and for the
 * terminological and discontinued codes that are met in old records. What has no two-letter code is absent.
 */
const TWO_LETTERS = new Map<string, string>();
const CODES =
  'aar aa abk ab afr af aka ak alb sq sqi sq amh am ara ar arg an arm hy hye hy asm as ava av ave ae aym ay aze az bak ba ' +
  'bam bm baq eu eus eu bel be ben bn bih bh bis bi bos bs bre br bul bg bur my mya my cat ca cha ch che ce chi zh zho zh ' +
  'chu cu chv cv cor kw cos co cre cr cym cy wel cy cze cs ces cs dan da div dv dut nl nld nl dzo dz eng en epo eo esp eo ' +
  'est et eth gez ewe ee fao fo fij fj fin fi fre fr fra fr fry fy fri fy ful ff geo ka kat ka ger de deu de gla gd gae gd ' +
  'gle ga iri ga glg gl gag gl glv gv gre el ell el grn gn gua gn guj gu hat ht hau ha heb he her hz hin hi hmo ho hrv hr ' +
  'scr hr hun hu ibo ig ice is isl is ido io iii ii iku iu ile ie ina ia int ia ind id ipk ik ita it jav jv jpn ja kal kl ' +
  'kan kn kas ks kau kr kaz kk khm km cam km kik ki kin rw kir ky kom kv kon kg kor ko kua kj kur ku lao lo lat la lav lv ' +
  'lim li lin ln lit lt ltz lb lub lu lug lg mac mk mkd mk mah mh mal ml mao mi mri mi mar mr may ms msa ms mlg mg mla mg ' +
  'mlt mt mon mn nau na nav nv nbl nr nde nd ndo ng nep ne nno nn nob nb nor no nya ny oci oc lan oc oji oj ori or orm om ' +
  'gal om oss os pan pa per fa fas fa pli pi pol pl por pt pus ps que qu roh rm rum ro ron ro mol ro run rn rus ru sag sg ' +
  'san sa sin si snh si slo sk slk sk slv sl sme se sao sm smo sm sna sn sho sn snd sd som so sot st sso st spa es srd sc ' +
  'srp sr scc sr ssw ss swz ss sun su swa sw swe sv tah ty tam ta tar tt tat tt tel te tgk tg taj tg tgl tl tag tl tha th ' +
  'tib bo bod bo tir ti ton to tsn tn tsw tn tso ts tuk tk tur tr twi tw uig ug ukr uk urd ur uzb uz ven ve vie vi vol vo ' +
  'wln wa wol wo xho xh yid yi yor yo zha za zul zu';
const words = CODES.split(' ');
for (let at = 0; at < words.length; at += 2) {
  // Ge'ez has no two-letter code.
  if (words[at + 1]!.length === 2) TWO_LETTERS.set(words[at]!, words[at + 1]!);
}
const THREE_LETTERS = new Map<string, string>();
for (const [three, two] of TWO_LETTERS) if (!THREE_LETTERS.has(two)) THREE_LETTERS.set(two, three);
for (const three of 'alb wel cze baq arm bur dut fre geo ger gre ice mac mao may per rum slo tib chi'.split(
  ' ',
)) {
  THREE_LETTERS.set(TWO_LETTERS.get(three)!, three);
}

/** @returns ISO 639-1, or nothing for several, undetermined and unknown languages */
export function languageOf(marcCode: string | undefined): string | undefined {
  return marcCode === undefined ? undefined : TWO_LETTERS.get(marcCode.trim().toLowerCase());
}

/** The code that MARC writes (ISO 639-2/B) for one of ISO 639-1. */
export function marcLanguageOf(language: string): string | undefined {
  return THREE_LETTERS.get(language.toLowerCase());
}
