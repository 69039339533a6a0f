/** A plugin for Vite's development server: it serves the files of the element as they are. */
export default function releaseViewer(): { name: string };
