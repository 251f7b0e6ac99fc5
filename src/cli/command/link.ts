/**
 * Link — a template with values for its slots, printed, and added to the file of links if there is one.
 */

import { type LinkText, type SlotTexts, toLink, writeLinks } from '../../build/links-file.ts';
import type { EntityUidOrSlot, Policy, Scope, SlotEnv } from '../../syntax/policy.ts';
import { printPolicy } from '../../syntax/print.ts';
import { has } from '../../value/own-member.ts';
import { ExitCode } from '../exit-code.ts';
import { guarded, loadLinksIfAny, loadPolicies, type PolicyOptions } from '../load.ts';
import type { Output } from '../output.ts';

export interface LinkOptions extends PolicyOptions {
  readonly templateId: string;
  readonly newId: string;
  readonly arguments: SlotTexts;
}

export function link(options: LinkOptions, output: Output): ExitCode {
  const { templateLinked: file, templateId, newId, arguments: slots } = options;
  const policies = loadPolicies({ ...options, templateLinked: undefined });
  const others = file === undefined ? [] : loadLinksIfAny(file);
  const added: LinkText = { templateId, id: newId, slots };
  guarded({ text: '' }, () => {
    for (const each of [...others, added]) policies.link(toLink(each));
  });
  output.line(`Template-linked policy added: ${printPolicy(linked(policies.get(templateId)!, toLink(added).slotEnv))}`);
  if (file !== undefined) writeLinks(file, [...others, added]);
  return ExitCode.success;
}

function linked(template: Policy, env: SlotEnv): Policy {
  return { ...template, principal: filled(template.principal, env), resource: filled(template.resource, env) };
}

function filled(scope: Scope, env: SlotEnv): Scope {
  return has(scope, 'entity') ? { ...scope, entity: slotValue(scope.entity, env) } : scope;
}

function slotValue(entity: EntityUidOrSlot, env: SlotEnv): EntityUidOrSlot {
  if (entity.kind === 'entityUid') return entity;
  const uid = entity.slot === '?principal' ? env.principal : env.resource;
  return uid === undefined ? entity : { kind: 'entityUid', uid, span: entity.span };
}
