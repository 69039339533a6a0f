// What `import "release-viewer"` gives: the element, and the search for pages that show results themselves. A bundler moves
// files, so the element is told where the search is.

import { ReleaseViewer } from "./release-viewer.js";

const openArchive = async (...all) => (await import("./search.js")).openArchive(...all);

ReleaseViewer.openArchive = openArchive;

export { ReleaseViewer, openArchive };
