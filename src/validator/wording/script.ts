/**
 * Script — whether all characters of a text belong to one writing system.
 *
 * The engine's own Unicode data tell which scripts a character is used with (Script_Extensions); common and inherited characters go with all.
 * Chinese, Japanese and Korean mix scripts by nature.
 *
 * Docs: Unicode Technical Standard 39, section 5.1 Mixed-Script Detection
 */

/** Writing systems of several scripts. */
const AUGMENTED: readonly (readonly string[])[] = [
  ['Hani', 'Bopo'],
  ['Hani', 'Hira', 'Kana'],
  ['Hani', 'Hang'],
];

/** Every script of Unicode 15, by its short name. */
const SCRIPTS =
  'Latn Cyrl Grek Arab Hebr Deva Adlm Aghb Ahom Armi Armn Avst Bali Bamu Bass Batk Beng Bhks Bopo Brah Brai Bugi Buhd Cakm Cans Cari Cham Cher Chrs Copt Cpmn Cprt Diak Dogr Dsrt Dupl Egyp Elba Elym Ethi Geor Glag Gong Gonm Goth Gran Gujr Guru Hang Hani Hano Hatr Hira Hluw Hmng Hmnp Hung Ital Java Kali Kana Kawi Khar Khmr Khoj Kits Knda Kthi Lana Laoo Lepc Limb Lina Linb Lisu Lyci Lydi Mahj Maka Mand Mani Marc Medf Mend Merc Mero Mlym Modi Mong Mroo Mtei Mult Mymr Nagm Nand Narb Nbat Newa Nkoo Nshu Ogam Olck Orkh Orya Osge Osma Ougr Palm Pauc Perm Phag Phli Phlp Phnx Plrd Prti Rjng Rohg Runr Samr Sarb Saur Sgnw Shaw Shrd Sidd Sind Sinh Sogd Sogo Sora Soyo Sund Sylo Syrc Tagb Takr Tale Talu Taml Tang Tavt Telu Tfng Tglg Thaa Thai Tibt Tirh Tnsa Toto Ugar Vaii Vith Wara Wcho Xpeo Xsux Yezi Yiii Zanb';

const ASCII = /^[\0-\x7f]*$/;

export function isSingleScript(text: string): boolean {
  return ASCII.test(text) || AUGMENTED.some((scripts) => isWrittenIn(scripts, text)) || isOfOneScript(text);
}

function isOfOneScript(text: string): boolean {
  return SCRIPTS.split(' ').some((script) => isWrittenIn([script], text));
}

function isWrittenIn(scripts: readonly string[], text: string): boolean {
  const classes = ['Zyyy', 'Zinh', ...scripts].map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${classes.join('')}]*$`, 'u').test(text);
}
