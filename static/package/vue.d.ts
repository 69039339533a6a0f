// Types of <release-viewer> in templates of Vue 3: import "release-viewer/vue"

import type { HTMLAttributes, PublicProps } from "vue";
import type { ReleaseViewerElement, ReleaseViewerEvents, ReleaseViewerRouting } from "./release-viewer.js";

export * from "./release-viewer.js";

/** What can be given to `<release-viewer>` in a template. */
export interface ReleaseViewerProps extends /* @vue-ignore */ HTMLAttributes {
  src?: string;
  lang?: string;
  release?: string;
  routing?: ReleaseViewerRouting;
  headingLevel?: number | string;
  pageSize?: number | string;
  isolate?: boolean;
  skipMenu?: "none" | (string & {});
  documentTitle?: boolean;
  data?: ReleaseViewerElement["data"];
  onRvReady?: (event: ReleaseViewerEvents["rv-ready"]) => void;
  onRvNavigate?: (event: ReleaseViewerEvents["rv-navigate"]) => void;
  onRvSearch?: (event: ReleaseViewerEvents["rv-search"]) => void;
  onRvError?: (event: ReleaseViewerEvents["rv-error"]) => void;
}

declare module "vue" {
  interface GlobalComponents {
    "release-viewer": new () => ReleaseViewerElement & { $props: ReleaseViewerProps & PublicProps };
  }
}
