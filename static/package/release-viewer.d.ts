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

/** A piece of a text. */
export interface ReleaseViewerPiece {
  text: string;
  /** Whether it is what was looked for. */
  mark: boolean;
}

/** A release that was found. */
export interface ReleaseViewerHit {
  id: string;
  title: string;
  /** The same title in pieces. */
  markedTitle: ReleaseViewerPiece[];
  /** Day of publication, `2025-07-04`. */
  date: string | null;
  lang: string | null;
  section: string | null;
  sectionId: string | null;
  department: string | null;
  /** Number of files. */
  attachments: number;
  withdrawn: boolean;
  /** The passage that matches best. */
  excerpt: ReleaseViewerPiece[];
  /** The id of the block that it is from, and the marker that is printed before that. */
  block: string | null;
  marker: string | null;
  /** The page of the release, at the block. */
  url: string;
}

/** What makes a search narrower, and how many releases there are without it. */
export interface ReleaseViewerLoosening {
  what: "period" | "section" | "department" | "files" | "word";
  /** The word, `-word` or phrase, as it was asked. */
  word: string | null;
  total: number;
}

/** What a search has found. */
export interface ReleaseViewerResults {
  /** On all pages. */
  total: number;
  hits: ReleaseViewerHit[];
  /** Words that had to be left out, since no release has them all. */
  dropped: string[];
  /** Another spelling that finds something, when this one finds nothing. */
  didYouMean: string | null;
  /** What could be taken back, when nothing was found. */
  loosenings: ReleaseViewerLoosening[];
}

/** Where to look, and which part of the results is wanted. */
export interface ReleaseViewerSearchOptions {
  /** Hits at most; 10 without it. */
  limit?: number;
  /** Hits before the first one. */
  offset?: number;
  /** Only this language: `ko`, `en`. */
  lang?: string;
  /** Only the section with this id, as in `sectionId`. */
  section?: string;
  /** Only the department of this name. */
  department?: string;
  /** First and last day, `2025-07-04`. */
  from?: string;
  to?: string;
  /** Takes all words as one phrase. */
  phrase?: boolean;
  /** Only releases with files. */
  files?: boolean;
  /** What comes first: the best (without it), or the newest. */
  order?: "relevance" | "date";
  /** Ends the search; the promise is rejected with the reason. */
  signal?: AbortSignal;
}

/** What could be meant by what has been typed. */
export interface ReleaseViewerSuggestion {
  /** The whole text of the field once it is taken. */
  text: string;
  /** The release and its page, when it is the title of one. */
  id: string | null;
  url: string | null;
}

/** Why there is no answer. `name` of the rejection is `AbortError` when the search was ended. */
export interface ReleaseViewerSearchError extends Error {
  code: ReleaseViewerErrorCode;
  /** The file that is missing or wrong. */
  url: string;
}

/** An archive that can be searched. */
export interface ReleaseViewerArchive {
  /** Finds releases: all words, `"an exact phrase"`, and none with a `-word`. */
  search(words: string, options?: ReleaseViewerSearchOptions): Promise<ReleaseViewerResults>;
  /** For a text field: what could be meant. A later call ends the one before. */
  suggest(
    typed: string,
    options?: { lang?: string; limit?: number; signal?: AbortSignal },
  ): Promise<ReleaseViewerSuggestion[]>;
}

/** Opens the search of an archive: its folder, or the `archive.json` in it. `lang` loads that language beforehand. */
export function openArchive(url: string | URL, options?: { lang?: string }): Promise<ReleaseViewerArchive>;

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
