/**
 * Generator — the next operation of a sequence, by chance and by what there is.
 *
 * Long because every kind of operation is made in its own way, of the same few names.
 */
import type { Random, Weights } from '../../arbitrary/random.ts';
import type { Machine } from './machine.ts';
import type {
  Ask,
  Data,
  EntitySpec,
  Form,
  ListChange,
  Member,
  Name,
  Operation,
  RequestSpec,
  SlotSpec,
  Trap,
  TrapInList,
  UidSpec,
} from './operation.ts';
import { EMPTY_SET, slotsOfText } from './plain-data.ts';
import { type Choice, oftenOf, type Profile } from './profile.ts';
import {
  allNames,
  anyName,
  anyParents,
  arbitraryPolicy,
  attributeOf,
  contextOf,
  contextPolicyText,
  entityOfName,
  higherParents,
  templateText,
  type Vocabulary,
  vocabularyOf,
} from './vocabulary.ts';

const FORMS: readonly Form[] = ['text', 'text', 'object', 'entity', 'escaped', 'wrapped'];
const WRONG = ['number', 'empty', 'unclosed', 'null'] as const;
/** Repetitions after which an engine of default options answers in its fastest way. */
const MANY = 36;
/** Requests without a resource that are remembered. */
const QUERIES = 2;

/** What a callback may change; a getter of a request also the policies that are asked. */
const ANYWHERE = ['upsert', 'removeEntity', 'release'] as const;
const IN_REQUEST = [
  ...(['upsert', 'removeEntity', 'release', 'replace', 'replace', 'remove', 'remove', 'add', 'add'] as const),
  // Static policies and links together: a program knows the ones by what is compiled, and the others by rows of its own.
  ...(['link', 'link', 'unlink', 'unlink', 'unlink'] as const),
] as const;

const MEMBERS: readonly Member[] = ['uid', 'id', 'attrs', 'value', 'value', 'parents', 'parent'];

/** What is tried where the stack ends. */
const INTERRUPTED = [
  ...(['ask', 'ask', 'ask', 'upsert', 'upsert', 'replaceAll', 'replaceAll', 'askRow', 'removeEntity'] as const),
  ...(['add', 'remove', 'link', 'unlink', 'addTemplate', 'replace', 'query', 'makeEngine', 'makeStore'] as const),
];

export class Generator {
  readonly #random: Random;
  readonly #profile: Profile;
  readonly #machine: Machine;
  readonly #v: Vocabulary;
  readonly #often: Weights<Choice>;
  readonly #stores: number;
  readonly #lists: number;
  readonly #engines: number;
  readonly #sets: number;
  /** Ids are few, and come again. */
  readonly #ids: number;
  /** What is decided already. */
  readonly #waiting: Operation[] = [];
  /** Who changed last. */
  #touched: Name | undefined;

  constructor(random: Random, profile: Profile, machine: Machine) {
    this.#random = random;
    this.#profile = profile;
    this.#machine = machine;
    this.#v = vocabularyOf(random, {
      users: random.between(...profile.users),
      typed: random.chance(profile.typed),
      alike: random.chance(profile.alike),
      bare: profile.bare,
    });
    this.#often = oftenOf(profile);
    this.#sets = random.between(...profile.sets);
    this.#stores = random.between(...profile.stores);
    this.#lists = random.between(...profile.lists);
    this.#engines = random.between(...profile.engines);
    this.#ids = profile.policies[1] + 3;
  }

  /** What a sequence begins with. */
  *beginning(): IterableIterator<Operation> {
    for (let set = 0; set < this.#sets; set++) yield this.#makeSet(set);
    for (let store = 0; store < this.#stores; store++) yield this.#makeStore(store);
    for (let list = 0; list < this.#lists; list++) yield this.#makeList(list);
    for (let engine = 0; engine < this.#engines; engine++) yield this.#makeEngine(engine);
  }

  next(): Operation {
    if (this.#waiting.length === 0 && this.#random.chance(this.#profile.rounds)) this.#waiting.push(...this.#round());
    const waiting = this.#waiting.shift();
    if (waiting !== undefined) return waiting;
    const choice = this.#random.weighted(this.#often);
    if (choice === 'deep') return this.#deep();
    return choice === 'shallow' ? this.#shallow() : this.#make(choice);
  }

  /** Every engine is asked about everybody in the end. */
  *ending(): IterableIterator<Operation> {
    const [store, engine] = [this.#random.int(this.#stores), this.#random.int(this.#engines)];
    for (const principal of this.#v.users) yield this.#askAbout(engine, { store }, principal);
    if (this.#lists > 0)
      yield this.#askAbout(engine, { list: this.#random.int(this.#lists) }, this.#random.pick(this.#v.users));
  }

  #make(choice: Exclude<Choice, 'deep' | 'shallow'>): Operation {
    const random = this.#random;
    const set = random.int(this.#sets);
    const store = random.int(this.#stores);
    switch (choice) {
      case 'makeSet':
        return this.#makeSet(set);
      case 'add':
        return this.#add(set);
      case 'addTemplate':
        return this.#addTemplate(set);
      case 'remove':
        return { kind: 'remove', set, id: this.#known(set, 'statics', 'p') };
      case 'removeTemplate':
        return { kind: 'removeTemplate', set, id: this.#known(set, 'templates', 't') };
      case 'link':
        return this.#link(set);
      case 'unlink':
        return { kind: 'unlink', set, id: this.#known(set, 'links', 'l') };
      case 'listen':
        return { kind: 'listen', set, trap: this.#trap() };
      case 'makeStore':
        return this.#makeStore(store);
      case 'replaceAll':
        return this.#replaceAll(store);
      case 'upsert':
        return this.#upsert(store);
      case 'replace':
        return this.#replace(set);
      case 'query':
        return this.#query();
      case 'removeEntity':
        return { kind: 'removeEntity', store, uid: this.#uid(this.#touch(anyName(random, this.#v))) };
      case 'handle':
        return { kind: 'handle', store, uid: this.#uid(anyName(random, this.#v)) };
      case 'changeGiven':
        return {
          kind: 'changeGiven',
          store,
          uid: anyName(random, this.#v),
          member: random.pick(['attrs', 'tags', 'parents']),
        };
      case 'inspect':
        return random.chance(70)
          ? { kind: 'inspect', what: 'store', number: store }
          : { kind: 'inspect', what: 'set', number: set };
      case 'makeList':
        return this.#makeList(random.int(this.#lists + 1));
      case 'changeList':
        return this.#changeList(random.int(this.#lists + 1));
      case 'makeEngine':
        return this.#makeEngine(random.int(this.#engines));
      case 'release':
        return { kind: 'release', engine: random.int(this.#engines) };
      case 'specialize':
        return this.#specialize();
      case 'askRow':
        return {
          kind: 'askRow',
          query: random.int(QUERIES),
          resource: this.#uid(random.pick(this.#v.docs)),
          question: 'both',
        };
      default:
        return this.#ask();
    }
  }

  #upsert(store: number): Operation {
    const entity = this.#entityFor(this.#touch(anyName(this.#random, this.#v)));
    const trapped = this.#random.chance(4) ? { trap: this.#trapInList(1) } : {};
    return { kind: 'upsert', store, entity, ...trapped };
  }

  #replaceAll(store: number): Operation {
    const entities = this.#entities();
    const trapped = this.#random.chance(8) ? { trap: this.#trapInList(entities.length) } : {};
    return { kind: 'replaceAll', store, entities, ...trapped };
  }

  /** Some of the present policies, and some others; two of one id are refused. */
  #replace(set: number): Operation {
    const random = this.#random;
    const { statics, templates } = this.#machine.sets.get(set)?.plain ?? EMPTY_SET;
    const kept = random.some([...statics, ...templates], 50).map(([id, text]) => ({ id, text }));
    const ids = new Set(kept.map(({ id }) => id));
    const added = random.list(0, 2, () => arbitraryPolicy(random, this.#v, this.#id('p')));
    const policies = [...kept, ...added.filter(({ id }) => !ids.has(id) || random.chance(5))];
    const engine = random.chance(40) ? random.int(this.#engines) : undefined;
    const trapped = random.chance(10) ? { trap: { at: random.int(policies.length), trap: this.#trap(ANYWHERE) } } : {};
    return { kind: 'replace', set, engine, policies, ...trapped };
  }

  #query(): Operation {
    const { engine, data, request } = this.#withoutTrap(this.#ask());
    const of = 'nothing' in data ? { store: 0 } : data;
    const what = this.#random.pick(['allowedActions', 'allowedResources', 'partial'] as const);
    return { kind: 'query', what, engine, data: of, request };
  }

  #trapInList(length: number): TrapInList {
    return { at: this.#random.int(length), member: this.#random.pick(MEMBERS), trap: this.#trap() };
  }

  /** One store often, all others once, then the first again. */
  #round(): Operation[] {
    const random = this.#random;
    const engine = random.int(this.#engines);
    const first = random.int(this.#stores);
    const ask = (store: number) => this.#withoutTrap(this.#askAbout(engine, { store }, this.#principal()));
    const others = Array.from({ length: this.#stores }, (_, store) => store).filter((store) => store !== first);
    const often = inTexts(ask(first));
    const changes = random.list(1, 2, () =>
      this.#make(random.pick(['upsert', 'removeEntity', 'remove', 'add'] as const)),
    );
    const { name } = often.request.principal;
    return [
      { ...often, times: MANY },
      ...random.some(others, 90).map((store) => ({ ...ask(store), times: 1 })),
      random.chance(70)
        ? { kind: 'upsert', store: first, entity: this.#entityFor(name) }
        : { kind: 'removeEntity', store: first, uid: this.#uid(name) },
      ...(random.chance(30) ? changes.map((change) => ('store' in change ? { ...change, store: first } : change)) : []),
      { ...often, times: 1 },
      ask(first),
    ];
  }

  #touch(name: Name): Name {
    this.#touched = name;
    return name;
  }

  /** Mostly one that is there. */
  #known(set: number, what: 'statics' | 'templates' | 'links', letter: string): string {
    const known = [...(this.#machine.sets.get(set)?.plain[what].keys() ?? [])];
    return known.length > 0 && this.#random.chance(93) ? this.#random.pick(known) : this.#id(letter);
  }

  #id(letter: string): string {
    return `${letter}${this.#random.int(this.#ids)}`;
  }

  #makeSet(set: number): Operation {
    const count = this.#random.between(...this.#profile.policies);
    const policies = Array.from({ length: count }, (_, i) => arbitraryPolicy(this.#random, this.#v, `p${i}`));
    return { kind: 'makeSet', set, policies };
  }

  #add(set: number): Operation {
    const id = this.#id('p');
    const template = this.#random.chance(4);
    const text = template ? templateText(this.#random, this.#v) : arbitraryPolicy(this.#random, this.#v, id).text;
    return { kind: 'add', set, policy: { id, text } };
  }

  #addTemplate(set: number): Operation {
    const id = this.#id('t');
    const text = this.#random.chance(95)
      ? templateText(this.#random, this.#v)
      : arbitraryPolicy(this.#random, this.#v, id).text;
    return { kind: 'addTemplate', set, policy: { id, text } };
  }

  #link(set: number): Operation {
    const random = this.#random;
    const templateId = this.#known(set, 'templates', 't');
    const text = this.#machine.sets.get(set)?.plain.templates.get(templateId);
    const slots = text === undefined ? ['?principal'] : slotsOfText(text);
    const isFilled = (slot: string) => slots.includes(slot) !== random.chance(4);
    const env: SlotSpec = {
      ...(isFilled('?principal') && { principal: this.#slot(random.chance(60) ? this.#v.users : this.#v.groups) }),
      ...(isFilled('?resource') && { resource: this.#slot(random.chance(60) ? this.#v.docs : this.#v.groups) }),
    };
    return { kind: 'link', set, id: this.#id('l'), templateId, slots: env };
  }

  #slot(names: readonly Name[]): UidSpec {
    const name = this.#random.pick(names);
    return this.#random.chance(80) ? { name, form: 'entity' } : this.#uid(name);
  }

  #uid(name: Name): UidSpec {
    const random = this.#random;
    const like = random.chance(20) && { like: random.pick(this.#v.users) };
    const form = random.chance(25) ? { handleOf: random.int(this.#stores), ...like } : random.pick(FORMS);
    return random.chance(2) ? { name, form, wrong: random.pick(WRONG) } : { name, form };
  }

  #entityFor(uid: Name): EntitySpec {
    return entityOfName(this.#random, this.#v, uid, anyParents(this.#random, this.#v, uid));
  }

  #entityInList(uid: Name): EntitySpec {
    return entityOfName(this.#random, this.#v, uid, higherParents(this.#random, this.#v, uid));
  }

  #specialize(): Operation {
    const { engine, data, request } = this.#withoutTrap(this.#ask());
    const of = 'nothing' in data ? { store: 0 } : data;
    const trapped = this.#random.chance(20) ? { trap: this.#trap() } : {};
    return {
      kind: 'specialize',
      query: this.#random.int(QUERIES),
      engine,
      data: of,
      request: { ...request, ...trapped },
    };
  }

  /** The entities of a bulk load: some of them are refused. */
  #entities(): EntitySpec[] {
    const random = this.#random;
    const names = random.some(allNames(this.#v), 70);
    const isBroken = random.chance(8);
    const entities = names.map((uid) => (isBroken ? this.#entityFor(uid) : this.#entityInList(uid)));
    if (isBroken && names.length > 0) entities.push(this.#entityFor(names[0]!));
    return entities;
  }

  #makeStore(store: number): Operation {
    const random = this.#random;
    const entities = this.#entities();
    const schema = this.#v.typed && random.chance(75);
    return { kind: 'makeStore', store, how: random.pick(['new', 'from', 'from', 'text', 'of']), schema, entities };
  }

  #makeList(list: number): Operation {
    const names = this.#random.some(allNames(this.#v), 60);
    return { kind: 'makeList', list, entities: names.map((uid) => this.#entityInList(uid)) };
  }

  #changeList(list: number): Operation {
    return { kind: 'changeList', list, change: this.#listChange(list) };
  }

  #listChange(list: number): ListChange {
    const random = this.#random;
    const specs = this.#machine.lists.get(list)?.plain ?? [];
    const at = random.int(specs.length);
    const spec = specs[at];
    if (spec === undefined || random.chance(20))
      return { does: 'push', entity: this.#entityInList(anyName(random, this.#v)) };
    const [attribute, value] = attributeOf(random, this.#v, spec.uid) ?? ['open', true];
    switch (random.int(5)) {
      case 0:
        return { does: 'put', at, entity: this.#entityInList(spec.uid) };
      case 1:
        return { does: 'drop', at };
      case 2:
        return { does: 'parents', at, parents: higherParents(random, this.#v, spec.uid) };
      case 3:
        if (this.#v.users.includes(spec.uid)) return { does: 'rename', at, uid: random.pick(this.#v.users) };
        return { does: 'drop', at };
      default:
        return { does: 'attribute', at, name: attribute, value: random.chance(70) ? value : undefined };
    }
  }

  #makeEngine(engine: number): Operation {
    const random = this.#random;
    const mode = random.pick(this.#profile.modes);
    const options = mode === 'compile' ? random.pick(this.#profile.options) : {};
    const schema = this.#v.typed && random.chance(60);
    return { kind: 'makeEngine', engine, set: random.int(this.#sets), mode, schema, options };
  }

  #ask(): Ask {
    const random = this.#random;
    const engine = random.int(this.#engines);
    return this.#askAbout(engine, this.#data(), this.#principal());
  }

  #principal(): Name {
    const { users } = this.#v;
    if (this.#touched !== undefined && users.includes(this.#touched) && this.#random.chance(40)) return this.#touched;
    return this.#random.chance(95) ? this.#random.pick(users) : anyName(this.#random, this.#v);
  }

  #data(): Data {
    const random = this.#random;
    if (random.chance(2)) return { nothing: random.pick(['undefined', 'null', 'object']) };
    if (this.#lists === 0 || random.chance(60)) return { store: random.int(this.#stores) };
    const list = random.int(this.#lists);
    if (!random.chance(this.#profile.getters)) return { list };
    const length = this.#machine.lists.get(list)?.plain.length ?? 0;
    return { list, trap: { ...this.#trapInList(length), trap: this.#trap(IN_REQUEST) } };
  }

  #askAbout(engine: number, data: Data, principal: Name): Ask {
    const random = this.#random;
    const { actions, docs } = this.#v;
    const context = contextOf(random, this.#v);
    const request: RequestSpec = {
      principal: this.#uid(principal),
      action: this.#uid(random.chance(97) ? random.pick(actions) : 'Action::write'),
      resource: this.#uid(random.chance(95) ? random.pick(docs) : anyName(random, this.#v)),
      ...(context && { context }),
      ...(context && (random.chance(25) ? { prepared: true } : random.chance(10) && { trap: this.#trap(IN_REQUEST) })),
      ...(random.chance(2) && {
        trap: this.#trap(IN_REQUEST),
        trapAt: random.pick(['principal', 'resource'] as const),
      }),
    };
    const question = random.pick(['both', 'isAllowed', 'isAuthorized'] as const);
    const isSpecial = 'trap' in request || 'trap' in data;
    const times = !isSpecial && random.chance(this.#profile.repeats) ? MANY : 1;
    return { kind: 'ask', engine, data, request, question, times, ...(random.chance(5) && { writes: true }) };
  }

  /** What a callback does: mostly it asks, sometimes it changes something, sometimes it throws. */
  #trap(changes: typeof IN_REQUEST | typeof ANYWHERE = ANYWHERE): Trap {
    if (this.#random.chance(25)) return { does: 'throw' };
    const run = this.#random.list(1, changes === IN_REQUEST ? 4 : 2, (): Operation => {
      if (this.#random.chance(changes === IN_REQUEST ? 25 : 75)) return this.#withoutTrap(this.#ask());
      return this.#make(this.#random.pick(changes));
    });
    return { does: 'run', run };
  }

  #withoutTrap({ request: { trap: _, trapAt: __, ...request }, data, ...ask }: Ask): Ask {
    return { ...ask, request, data: 'list' in data ? { list: data.list } : data };
  }

  #deep(): Operation {
    const run = this.#interrupted();
    return this.#triedAgain(1 + this.#random.int(2 ** this.#random.between(1, 7)), (room) => ({
      kind: 'deep',
      room,
      run,
    }));
  }

  /** Most operations are some ten calls deep. */
  #shallow(): Operation {
    const run = this.#interrupted();
    if (!this.#v.bare && this.#random.chance(25)) {
      const set = 'set' in run ? run.set : this.#random.int(this.#sets);
      return this.#followed({ kind: 'shallow', calls: this.#random.int(20), run }, set);
    }
    return this.#triedAgain(this.#random.int(this.#random.pick([8, 16, 32])), (calls) => ({
      kind: 'shallow',
      calls,
      run,
    }));
  }

  /** By a policy that reads the context, and the first question after it: who is out of date does not know what is read. */
  #followed(end: Operation, set: number): Operation {
    const random = this.#random;
    const policy = { id: this.#id('p'), text: contextPolicyText(random, this.#v) };
    const { request, ...ask } = this.#withoutTrap(this.#ask());
    const context = contextOf(random, this.#v, 90) ?? {};
    this.#waiting.push({ kind: 'add', set, policy }, { ...ask, request: { ...request, context }, times: 1 });
    return end;
  }

  #interrupted(): Operation {
    const operation = this.#make(this.#random.pick(INTERRUPTED));
    if (operation.kind === 'ask') return { ...this.#withoutTrap(operation), times: 1 };
    if (!('trap' in operation) || operation.kind === 'listen') return operation;
    const { trap: _, ...rest } = operation;
    return rest as Operation;
  }

  /** With more and more room, so that it ends in many places; then, mostly, in peace. What has happened once may be refused the next time. */
  #triedAgain(first: number, end: (room: number) => Extract<Operation, { kind: 'deep' | 'shallow' }>): Operation {
    const tries = this.#random.int(9);
    for (let i = 1; i < tries; i++) this.#waiting.push(end(first + i));
    if (tries > 1 && this.#random.chance(70)) this.#waiting.push(end(first).run);
    return end(first);
  }
}

/** As requests are put most often, and answered in the fastest way. */
function inTexts(ask: Ask): Ask {
  const { principal, action, resource } = ask.request;
  const text = ({ name }: UidSpec): UidSpec => ({ name, form: 'text' });
  const request = { ...ask.request, principal: text(principal), action: text(action), resource: text(resource) };
  return { ...ask, request };
}
