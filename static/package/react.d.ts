// Types of <release-viewer> in JSX of React 19: import "release-viewer/react"

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { ReleaseViewerElement, ReleaseViewerEvents, ReleaseViewerRouting } from "./release-viewer.js";

export * from "./release-viewer.js";

/** What can be given to `<release-viewer>` in JSX. */
export interface ReleaseViewerProps
  extends DetailedHTMLProps<HTMLAttributes<ReleaseViewerElement>, ReleaseViewerElement> {
  src?: string;
  release?: string;
  routing?: ReleaseViewerRouting;
  headingLevel?: number | string;
  pageSize?: number | string;
  isolate?: boolean;
  skipMenu?: "none" | (string & {});
  documentTitle?: boolean;
  data?: ReleaseViewerElement["data"];
  // As attributes: so they also stand in HTML that a server has rendered.
  "heading-level"?: number | string;
  "page-size"?: number | string;
  "skip-menu"?: "none" | (string & {});
  "onrv-ready"?: (event: ReleaseViewerEvents["rv-ready"]) => void;
  "onrv-navigate"?: (event: ReleaseViewerEvents["rv-navigate"]) => void;
  "onrv-search"?: (event: ReleaseViewerEvents["rv-search"]) => void;
  "onrv-error"?: (event: ReleaseViewerEvents["rv-error"]) => void;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "release-viewer": ReleaseViewerProps;
    }
  }
}
