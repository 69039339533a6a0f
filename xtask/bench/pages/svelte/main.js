// The same release in a framework that renders in the browser: fetched, then drawn with our markup and our style.

import { mount } from "svelte";
import Release from "./Release.svelte";

const response = await fetch(`../releases/${RELEASE}.json`);
const { items } = await response.json();
mount(Release, { target: document.querySelector("main"), props: { item: items[0] } });
