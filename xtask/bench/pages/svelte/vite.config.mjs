import { svelte } from "@sveltejs/vite-plugin-svelte";

export default {
  base: "./",
  build: { outDir: "out", modulePreload: false },
  define: { RELEASE: JSON.stringify(process.env.BENCH_RELEASE) },
  plugins: [svelte()],
};
