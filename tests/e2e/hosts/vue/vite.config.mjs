import vue from "@vitejs/plugin-vue";

export default {
  base: "./",
  build: { outDir: "out" },
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === "release-viewer" } } })],
};
