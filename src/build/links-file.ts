/**
 * Links file — template links as the commands keep them:
 *
 *     [{ "template_id": "t", "link_id": "alice", "args": { "?principal": "User::\"alice\"" } }]
 *
 * An empty file holds none.
 */
import { writeFileSync } from 'node:fs';
import { isJsonObject } from '../parser/json/json-form.ts';
import { parseEntityUid } from '../parser/text/text.ts';
import type { SlotId, Source, TemplateLink } from '../syntax/policy.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { parseJson } from '../value/json.ts';
import { failure, InputFailure, reasonOf } from './input.ts';

/** Values of slots, as text of a uid. */
export type SlotTexts = Readonly<Partial<Record<SlotId, string>>>;

export interface LinkText {
  readonly templateId: string;
  readonly id: string;
  readonly slots: SlotTexts;
}

/** Throws `InputFailure` and what `parseJson` throws. */
export function linksFrom({ text, name }: Source & { readonly name: string }): LinkText[] {
  if (text.trim() === '') return [];
  const links = parseJson(text);
  if (!Array.isArray(links)) throw failure(`\`${name}\` must hold a list of links`);
  return links.map((link) => linkFrom(link, name));
}

function linkFrom(link: unknown, name: string): LinkText {
  if (!isJsonObject(link)) throw failure(`expected a link object in \`${name}\``);
  const { template_id, link_id, args } = link;
  if (typeof template_id !== 'string' || typeof link_id !== 'string' || !isJsonObject(args)) {
    throw failure(`a link in \`${name}\` needs \`template_id\`, \`link_id\` and \`args\``);
  }
  const wrong = wrongSlot(args);
  if (wrong !== undefined) throw failure(`link \`${link_id}\`: ${wrong}`);
  return { templateId: template_id, id: link_id, slots: args as SlotTexts };
}

/** What is wrong with values of slots; `undefined` if nothing is. */
export function wrongSlot(args: Readonly<Record<string, unknown>>): string | undefined {
  for (const [slot, value] of Object.entries(args)) {
    if (slot !== '?principal' && slot !== '?resource')
      return `\`${slot}\` is not a slot; expected \`?principal\` or \`?resource\``;
    if (typeof value !== 'string') return `the value of \`${slot}\` must be text such as \`User::"alice"\``;
  }
  return undefined;
}

export function toLink({ templateId, id, slots }: LinkText): TemplateLink {
  const slotEnv: { principal?: EntityUid; resource?: EntityUid } = {};
  if (slots['?principal'] !== undefined) slotEnv.principal = uidFromText(slots['?principal'], '?principal');
  if (slots['?resource'] !== undefined) slotEnv.resource = uidFromText(slots['?resource'], '?resource');
  return { templateId, id, slotEnv };
}

/** Throws `InputFailure`. */
export function uidFromText(text: string, what: string): EntityUid {
  const parsed = parseEntityUid(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, { text, name: what });
  return parsed.value;
}

export function writeLinks(file: string, links: readonly LinkText[]): void {
  const data = links.map(({ templateId, id, slots }) => ({ template_id: templateId, link_id: id, args: slots }));
  try {
    writeFileSync(file, JSON.stringify(data));
  } catch (error) {
    throw failure(`failed to write \`${file}\`: ${reasonOf(error)}`);
  }
}
