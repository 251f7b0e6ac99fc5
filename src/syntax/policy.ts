/**
 * Policy — a policy or template as its author wrote it; also links.
 *
 * A template is a policy whose scope holds a slot. Scopes are the same in the syntax tree and in the core tree.
 *
 * Spec:  Cedar.Spec.Policy: Effect, Scope, ActionScope, Condition;  Cedar.Spec.Template: EntityUIDOrSlot, ScopeTemplate, TemplateLinkedPolicy
 */
import type { Source } from '../value/diagnostic.ts';
import type { EntityType, EntityUid } from '../value/entity-uid.ts';
import type { Expression } from './expression.ts';
import type { Span } from './span.ts';

export type Effect = 'permit' | 'forbid';

export type SlotId = '?principal' | '?resource';

/** `span` is that of the uid or slot as written. */
export type EntityUidOrSlot =
  | { readonly kind: 'entityUid'; readonly uid: EntityUid; readonly span: Span | undefined }
  | { readonly kind: 'slot'; readonly slot: SlotId; readonly span: Span | undefined };

/** The scope constraint of `principal` or `resource`; `span` covers the whole constraint from the variable on, `typeSpan` the type name. */
export type Scope =
  | { readonly kind: 'any'; readonly span: Span | undefined }
  | { readonly kind: 'eq'; readonly entity: EntityUidOrSlot; readonly span: Span | undefined }
  | { readonly kind: 'mem'; readonly entity: EntityUidOrSlot; readonly span: Span | undefined }
  | {
      readonly kind: 'is';
      readonly type: EntityType;
      readonly typeSpan: Span | undefined;
      readonly span: Span | undefined;
    }
  | {
      readonly kind: 'isMem';
      readonly type: EntityType;
      readonly typeSpan: Span | undefined;
      readonly entity: EntityUidOrSlot;
      readonly span: Span | undefined;
    };

/** The scope constraint of `action`. */
export type ActionScope =
  | { readonly kind: 'any'; readonly span: Span | undefined }
  | {
      readonly kind: 'eq';
      readonly uid: EntityUid;
      readonly uidSpan: Span | undefined;
      readonly span: Span | undefined;
    }
  | {
      readonly kind: 'mem';
      readonly uid: EntityUid;
      readonly uidSpan: Span | undefined;
      readonly span: Span | undefined;
    }
  | {
      readonly kind: 'memAny';
      readonly uids: readonly EntityUid[];
      readonly uidSpans: readonly (Span | undefined)[];
      readonly span: Span | undefined;
    };

export interface Annotation {
  readonly key: string;
  /** `undefined` for an annotation without a value, which reads as the empty string. */
  readonly value: string | undefined;
  readonly span: Span | undefined;
}

export interface Condition {
  readonly kind: 'when' | 'unless';
  readonly body: Expression;
  readonly span: Span | undefined;
}

/** The text a policy was parsed from; `undefined` for policies that were given as JSON. */
export type { Source };

/** A static policy, or a template (iff a scope holds a slot). */
export interface Policy {
  readonly id: string;
  /** In source order, keys unique. */
  readonly annotations: readonly Annotation[];
  readonly effect: Effect;
  readonly principal: Scope;
  readonly action: ActionScope;
  readonly resource: Scope;
  readonly conditions: readonly Condition[];
  /** From the first annotation to the semicolon. */
  readonly span: Span | undefined;
  readonly source: Source | undefined;
}

/** Slot values of one link. */
export interface SlotEnv {
  readonly principal?: EntityUid | undefined;
  readonly resource?: EntityUid | undefined;
}

/** A template-linked policy: data, not a copy of the template. */
export interface TemplateLink {
  readonly id: string;
  readonly templateId: string;
  readonly slotEnv: SlotEnv;
}
