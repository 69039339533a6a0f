// Types of <release-viewer>. For React and Vue, see react.d.ts and vue.d.ts.

/** Where the viewer keeps its address: after `#`, after `?`, or nowhere. */
export type ReleaseViewerRouting = "hash" | "query" | "none";

/** A release, as an item of a JSON Feed 1.1. */
export interface ReleaseViewerItem {
  id: string | number;
  title?: string;
  language?: string;
  url?: string;
  date_published?: string;
  /** Section, department, blocks and so on, as `release-viewer read` writes them. */
  _release?: object;
  [member: string]: unknown;
}

/** A JSON Feed 1.1 of releases. */
export interface ReleaseViewerFeed {
  items: readonly ReleaseViewerItem[];
  [member: string]: unknown;
}

/** What `rv-navigate` tells: where the reader goes. */
export interface ReleaseViewerNavigateDetail {
  /** The id of a release; `null` for a list. */
  id: string | null;
  /** The id of a paragraph in it. */
  block: string | null;
  url: string;
}

/** What `rv-search` tells. */
export interface ReleaseViewerSearchDetail {
  query: string;
  /** How many releases were found. */
  total: number;
}

/** What has failed. */
export type ReleaseViewerErrorCode =
  | "offline"
  | "timeout"
  | "server"
  | "data"
  | "csp"
  | "unsupported"
  | "panic";

/** What `rv-error` tells. */
export interface ReleaseViewerErrorDetail {
  code: ReleaseViewerErrorCode;
  /** For the people who run the page. */
  message: string;
  /** What was asked for. */
  url: string | null;
}

/** The events of the element. All bubble, also out of a shadow root. */
export interface ReleaseViewerEvents {
  /** The first view is complete. */
  "rv-ready": CustomEvent<unknown>;
  /** The reader goes somewhere; `preventDefault()` keeps them, unless they go back or forward. */
  "rv-navigate": CustomEvent<ReleaseViewerNavigateDetail>;
  /** A search is done. */
  "rv-search": CustomEvent<ReleaseViewerSearchDetail>;
  /** Something failed; the reader has been told. */
  "rv-error": CustomEvent<ReleaseViewerErrorDetail>;
}

/** The events of the element, with those that every element has. */
export interface ReleaseViewerEventMap extends HTMLElementEventMap, ReleaseViewerEvents {}

/** The element `<release-viewer>`. */
export interface ReleaseViewerElement extends HTMLElement {
  /** Folder of the archive. Attribute `src`. */
  get src(): string;
  set src(value: string | null | undefined);
  /** `ko` or `en`; without it, the nearest `lang` around. Attribute `lang`. */
  get lang(): string;
  set lang(value: string | null | undefined);
  /** Id of the release to show first. Attribute `release`. */
  get release(): string;
  set release(value: string | null | undefined);
  /** `hash` without it. Attribute `routing`. */
  get routing(): string;
  set routing(value: ReleaseViewerRouting | (string & {}) | null | undefined);
  /** Level of the first heading, 1–6; 2 without it. Attribute `heading-level`. */
  get headingLevel(): string;
  set headingLevel(value: string | number | null | undefined);
  /** Releases on a page of the list; 10 without it. Attribute `page-size`. */
  get pageSize(): string;
  set pageSize(value: string | number | null | undefined);
  /** Whether the view is in an open shadow root. Attribute `isolate`. */
  get isolate(): boolean;
  set isolate(value: boolean | null | undefined);
  /** `none` when the page has a skip menu of its own. Attribute `skip-menu`. */
  get skipMenu(): string;
  set skipMenu(value: string | null | undefined);
  /** Whether the title of the page follows the view. Attribute `document-title`. */
  get documentTitle(): boolean;
  set documentTitle(value: boolean | null | undefined);
  /** Releases to show instead of `src`. */
  get data(): ReleaseViewerFeed | readonly ReleaseViewerItem[] | null | undefined;
  set data(value: ReleaseViewerFeed | readonly ReleaseViewerItem[] | null | undefined);

  /** Goes to a release, or to a paragraph of it. */
  show(id: string, block?: string): void;
  /** Goes to the results of a search. */
  search(query: string): void;
  /** Loads anew what is shown. */
  reload(): void;

  addEventListener<K extends keyof ReleaseViewerEventMap>(
    type: K,
    listener: (this: ReleaseViewerElement, event: ReleaseViewerEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof ReleaseViewerEventMap>(
    type: K,
    listener: (this: ReleaseViewerElement, event: ReleaseViewerEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The class of the element. It is defined when the module is loaded. */
export const ReleaseViewer: {
  new (): ReleaseViewerElement;
  prototype: ReleaseViewerElement;
  readonly observedAttributes: string[];
};

declare global {
  interface HTMLElementTagNameMap {
    "release-viewer": ReleaseViewerElement;
  }
}
