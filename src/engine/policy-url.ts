/**
 * Policy URL — policies that an engine takes from a URL, now and whenever they have changed there.
 *
 * Technique: conditional requests. The tag of an answer is sent with the next request, and `304 Not Modified` costs next to nothing. What cannot be fetched,
 * or does not fit, changes nothing: the engine keeps the last good policies, and the caller is told.
 */
import { CedarmillError } from '../value/cedarmill-error.ts';

/** The part of an engine that is needed. */
export interface Replaceable {
  replace(policies: string): void;
}

export interface FollowUrlOptions {
  /** Is told of what could not be fetched, and of policies that the engine refused. */
  readonly onError: (error: unknown) => void;
  /** Milliseconds between two requests; a minute if it is not given, and none by themselves if it is 0. */
  readonly interval?: number | undefined;
  /** Milliseconds after which a request is given up; half a minute if it is not given. */
  readonly timeout?: number | undefined;
  /** Headers of each request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** In place of the global one. */
  readonly fetch?: Fetch | undefined;
}

/** `fetch`, as far as it is needed: its types may be those of a browser or of Node, or be missing. */
export type Fetch = (url: string, init: object) => Promise<FetchedResponse>;

export interface FetchedResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface FollowedUrl {
  /** Asks now; tells whether the engine has other policies than before. */
  refresh(): Promise<boolean>;
  /** Asks no more; what is on its way is not taken. */
  stop(): void;
}

/**
 * Has an engine follow the policies at a URL, in Cedar text or JSON.
 *
 *     const followed = followUrl(engine, 'https://policies.example/app.cedar', { onError: console.error });
 *     await followed.refresh();
 */
export function followUrl(
  engine: Replaceable,
  url: string | { readonly href: string },
  options: FollowUrlOptions,
): FollowedUrl {
  return new UrlFollower(engine, typeof url === 'string' ? url : url.href, options);
}

class UrlFollower implements FollowedUrl {
  readonly #engine: Replaceable;
  readonly #url: string;
  readonly #options: FollowUrlOptions;
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #tag: string | undefined;
  #text: string | undefined;
  #running: Promise<boolean> | undefined;
  #isStopped = false;

  constructor(engine: Replaceable, url: string, options: FollowUrlOptions) {
    this.#engine = engine;
    this.#url = url;
    this.#options = options;
    const { interval = 60_000 } = options;
    if (interval <= 0) return;
    this.#timer = setInterval(() => void this.refresh(), interval);
    // A process that has nothing else to do ends.
    (this.#timer as { unref?(): void }).unref?.();
  }

  /** One request at a time. */
  refresh(): Promise<boolean> {
    this.#running ??= this.#ask().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  stop(): void {
    this.#isStopped = true;
    clearInterval(this.#timer);
  }

  async #ask(): Promise<boolean> {
    try {
      const found = await this.#fetch();
      if (found === undefined || this.#isStopped) return false;
      const isNew = found.text !== this.#text;
      if (isNew) this.#engine.replace(found.text);
      // Only now: a tag of what was refused would hide that it is still refused.
      this.#text = found.text;
      this.#tag = found.tag;
      return isNew;
    } catch (error) {
      this.#options.onError(error);
      return false;
    }
  }

  /** `undefined` if nothing has changed. */
  async #fetch(): Promise<{ readonly text: string; readonly tag: string | undefined } | undefined> {
    const { headers, timeout = 30_000, fetch: ask = fetch } = this.#options;
    const response = await ask(this.#url, {
      headers: { ...headers, ...(this.#tag !== undefined && { 'if-none-match': this.#tag }) },
      signal: AbortSignal.timeout(timeout),
    });
    if (response.status === 304 && this.#tag !== undefined) return undefined;
    if (response.status !== 200)
      throw new CedarmillError('policyUrl', `\`${this.#url}\` answered ${response.status}, expected policies`);
    return { text: await response.text(), tag: response.headers.get('etag') ?? undefined };
  }
}
