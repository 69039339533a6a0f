// What the scripts of the tests can call; stands before each of them.

const visible = (css) => {
  const found = document.querySelector(css);
  return !!found && found.checkVisibility({ visibilityProperty: true }) && found.getBoundingClientRect().width > 1;
};
const texts = (css) => [...document.querySelectorAll(css)].map((found) => found.textContent.trim().replace(/\s+/g, " "));
const text = (css) => texts(css)[0] ?? "";
const focused = () => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const id = at.id ? "#" + at.id : at.className ? "." + at.className.split(" ")[0] : "";
  const name = `${at.localName}${id} "${(at.textContent || at.value || "").trim().slice(0, 30)}"`;
  const wrong = [];
  const ring = getComputedStyle(at);
  // The host's ring is its own affair, and the button inside Chromium's date field has one of its own.
  const ownRing = !at.closest(".rv") || (at.type === "date" && !at.matches(":focus-visible"));
  if (!ownRing && (ring.outlineStyle === "none" || parseFloat(ring.outlineWidth) < 2)) wrong.push("no ring of 2 px");
  // The first line of it: the middle of two lines may belong to neither.
  const box = at.getClientRects()[0];
  if (!box || box.width < 2 || box.height < 2) wrong.push("no box");
  else {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 2 || bottom - top < 2) wrong.push("outside the window");
    else {
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!at.contains(hit)) wrong.push(`covered by ${hit?.localName}.${hit?.className}`);
    }
  }
  return { name, wrong: wrong.join(", ") };
};

// What can be used: all that a pointer or a key can reach, if it shows.
const targets = () =>
  [...document.querySelectorAll(".rv :is(a[href], button, input, select, [tabindex='0'])")].filter((target) => {
    const menu = target.closest(".rv-skip-menu");
    return target.checkVisibility({ visibilityProperty: true }) && (!menu || menu.matches(":focus-within"));
  });

const describe = (element) => element.outerHTML.replace(/>[\s\S]*/, ">") + element.textContent.trim().slice(0, 30);

// A link in the middle of words is as high as its line.
const isInText = (target) =>
  getComputedStyle(target).display === "inline" &&
  target.parentElement.textContent.trim().length > target.textContent.trim().length;

// Targets that are smaller than 44 × 44 px, or that something else lies on.
const smallTargets = () => {
  const small = [];
  for (const target of targets().filter((target) => !isInText(target))) {
    target.scrollIntoView({ block: "center" });
    const { left, top, width, height } = target.getBoundingClientRect();
    if (width < 43.9 || height < 43.9) small.push(`${width.toFixed(1)} × ${height.toFixed(1)} px: ${describe(target)}`);
    const [x, y] = [left + width / 2, top + height / 2];
    for (const [dx, dy] of [[0, 0], [0, -21], [0, 21], [-21, 0], [21, 0]]) {
      const hit = document.elementFromPoint(x + dx, y + dy);
      // The skip menu lies over the main menu as long as it is used, suggestions over what is below the field.
      if (!target.contains(hit) && !hit?.closest(".rv-skip-menu, .rv-suggestions")) {
        small.push(`covered at ${dx}, ${dy} from its middle by ${hit && describe(hit)}: ${describe(target)}`);
        break;
      }
    }
  }
  return small;
};

// What stands out of the page to the right.
const tooWide = () =>
  [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
    .slice(0, 5).map(describe);

// The spacing that a reader may set (WCAG 1.4.12).
const spaceText = () => {
  if (document.adoptedStyleSheets.length) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } " +
    "p { margin-block-end: 2em !important }");
  document.adoptedStyleSheets.push(sheet);
};

// Elements whose words do not fit into them any more, or that stand outside the page.
const lostText = () => {
  const lost = document.documentElement.scrollWidth > innerWidth ? [`wider than the page: ${tooWide()}`] : [];
  for (const element of document.querySelectorAll(".rv *")) {
    const style = getComputedStyle(element);
    const clips = style.overflowX === "hidden" || style.overflowY === "hidden" || style.overflowX === "clip";
    if (!clips || element.closest(".rv-hidden, .rv-end") || !element.checkVisibility() || !element.textContent.trim()) continue;
    if (element.closest(".rv-skip-menu:not(:focus-within)")) continue;
    if (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1) lost.push(describe(element));
  }
  return lost;
};

// Ids that are named and not there, or there twice.
const wrongIds = () => {
  const wrong = [];
  const attributes = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details", "aria-errormessage", "for"];
  for (const name of attributes) {
    for (const element of document.querySelectorAll(`[${name}]`)) {
      for (const id of element.getAttribute(name).split(/\s+/)) {
        if (!document.getElementById(id)) wrong.push(`${name} names ${id}, which is not there: ${describe(element)}`);
      }
    }
  }
  for (const link of document.querySelectorAll(".rv-skip-menu a")) {
    const id = link.getAttribute("href").slice(1);
    if (!document.getElementById(id)) wrong.push(`the skip menu leads to ${id}, which is not there`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids)) {
    if (ids.filter((other) => other === id).length > 1) wrong.push(`the id ${id} is there twice`);
  }
  return wrong;
};
