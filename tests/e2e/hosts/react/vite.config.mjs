// The build for development is the one in which StrictMode does something.
export default ({ mode }) => ({ base: "./", build: { outDir: mode === "development" ? "strict" : "out" } });
