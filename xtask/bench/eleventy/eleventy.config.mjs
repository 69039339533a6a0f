// The archive in Eleventy: releases of JSON files, sorted and linked here, drawn by the templates beside.

import { readdirSync, readFileSync } from "node:fs";

const LIST = 10;
const NEWEST = 50;
const WORDS = {
  ko: {
    all: "목록", date: "날짜", department: "부서", views: "조회", other: "영문으로 보기", also: "영문 있음",
    address: " 문단 주소", attachments: "첨부", contact: "문의", licence: "이용 조건", older: "이전 글",
    newer: "다음 글", menu: "주메뉴", around: "이전 글과 다음 글", table: "표", locale: "ko_KR", language: "English",
  },
  en: {
    all: "(all)", date: "Date", department: "Department", views: "Views", other: "Read in Korean",
    also: "Also in Korean", address: " – address of this paragraph", attachments: "Attachments", contact: "Contact",
    licence: "Licence", older: "Previous", newer: "Next", menu: "Main menu", around: "Previous and next",
    table: "Table", locale: "en_US", language: "한국어",
  },
};

const push = (map, key, value) => (map.has(key) ? map.get(key).push(value) : map.set(key, [value]));

function read() {
  const folder = new URL("./releases/", import.meta.url);
  const items = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")).items[0]);
  const key = ({ date_published: date, id }) => date + id;
  items.sort((a, b) => (key(a) < key(b) ? 1 : -1));
  const [stories, sections] = [new Map(), new Map()];
  for (const item of items) {
    push(stories, item._release.translation_key, item);
    push(sections, `${item.language}/${item._release.section_id}`, item);
  }
  const lists = [];
  for (const [path, all] of sections) {
    const { language, _release: { section } } = all[0];
    const pages = Math.ceil(all.length / LIST);
    const name = (page) => `${path}/${page === 1 ? "index" : `page-${page}`}.html`;
    for (let page = 1; page <= pages; page++) {
      const shown = all.slice((page - 1) * LIST, page * LIST);
      const around = [page > 1 && name(page - 1), page < pages && name(page + 1)];
      lists.push({ path: name(page), own: path, language, section, page, total: all.length, items: shown, around });
    }
    all.forEach((item, index) => Object.assign(item, { newer: all[index - 1], older: all[index + 1] }));
  }
  for (const item of items) {
    item.others = stories.get(item._release.translation_key).filter((other) => other !== item);
    item.groups = [];
    for (const block of item._release.blocks) {
      if (block.kind === "note" || block.kind === "footnote" || block.level > 1) item.groups.at(-1)?.push(block);
      else item.groups.push([block]);
    }
  }
  const menus = {};
  for (const [path, all] of sections) (menus[all[0].language] ??= []).push({ path, name: all[0]._release.section });
  return { items, lists, menus, newest: items.slice(0, NEWEST) };
}

const day = (lang, month) =>
  new Intl.DateTimeFormat(lang, { timeZone: "Asia/Seoul", year: "numeric", month, day: "numeric" });
const DAYS = { ko: day("ko-KR", "numeric"), en: day("en-US", "long") };

export default function (eleventy) {
  const { items, lists, menus, newest } = read();
  eleventy.addGlobalData("releases", items);
  eleventy.addGlobalData("lists", lists);
  eleventy.addGlobalData("menus", menus);
  eleventy.addGlobalData("newest", newest);
  eleventy.addGlobalData("words", WORDS);
  eleventy.addFilter("day", (date, lang) => DAYS[lang].format(new Date(date)));
  eleventy.addFilter("json", (value) => JSON.stringify(value).replaceAll("<", "\\u003c"));
  // What was added for the templates is not for the reader of the data.
  eleventy.addFilter("feed", ({ older, newer, others, groups, ...item }) => {
    const near = (other) => other && { id: other.id, name: other.title };
    const translations = others.map(({ id, language }) => ({ id, language }));
    item._release = { ...item._release, translations, older: near(older), newer: near(newer) };
    return { version: "https://jsonfeed.org/version/1.1", title: item.title, items: [item] };
  });
  eleventy.setUseGitIgnore(false);
  return { dir: { input: "pages", output: "out" }, templateFormats: ["njk"] };
}
