// A portal in Vue 3.

import "release-viewer";
import { createApp } from "vue";
import App from "./App.vue";

const app = createApp(App);
app.config.errorHandler = (error) => window.host.log.push(`error ${error}`);
app.mount("#app");
