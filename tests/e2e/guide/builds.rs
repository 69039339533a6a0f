//! The components of the guide, built as the users of the npm package build theirs.

use super::{CHOOSE, Guide, PRESS, READY, Rule, dist, the_block_for, whole_page};
use crate::given::{self, in_chromium};
use crate::page::Page;
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// For frameworks that have a Trusted Types policy of their own.
const WITHOUT_TRUSTED_TYPES: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:";

#[test]
fn the_react_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { createElement } from 'react';\nimport { createRoot } from 'react-dom/client';\n\
            import Example from './Example.jsx';\n\
            const app = createElement(Example, { onOpen: (id) => { window.opened = id } });\n\
            createRoot(document.getElementById('app')).render(app);\n";
        shows_a_component(page, Rule::React, "Example.jsx", main);
    });
}

#[test]
fn the_vue_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { createApp } from 'vue';\nimport Example from './Example.vue';\n\
            createApp(Example, { onOpen: (id) => { window.opened = id } }).mount('#app');\n";
        shows_a_component(page, Rule::Vue, "Example.vue", main);
    });
}

#[test]
fn the_svelte_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { mount } from 'svelte';\nimport Example from './Example.svelte';\n\
            const props = { onopen: (id) => { window.opened = id } };\n\
            mount(Example, { target: document.getElementById('app'), props });\n";
        shows_a_component(page, Rule::Svelte, "Example.svelte", main);
    });
}

#[test]
fn the_settings_for_vite_work_while_developing() {
    in_chromium(|page| {
        let main = "import 'release-viewer';\n\
            const viewer = document.createElement('release-viewer');\n\
            viewer.src = '/press/archive/';\n\
            document.getElementById('app').append(viewer);\n";
        let Some(project) = Project::new(&[], main) else { return };
        let public = project.folder.path().join("public").join(PRESS).join("archive");
        given::copy(&dist().join("archive"), &public);
        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let arguments = ["--host", "127.0.0.1", "--strictPort", "--port"];
        let child = project.vite().args(arguments).arg(port.to_string()).spawn().unwrap();
        let _ended_at_the_end = Ended(child);
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < deadline, "Vite does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        page.go(&format!("http://127.0.0.1:{port}/"));
        page.until("the viewer is ready in Vite's own server", READY);
    });
}

/// Builds a component of the guide as its users do, opens it, and waits until it has heard of the release.
fn shows_a_component(page: &Page, rule: Rule, name: &str, main: &str) {
    let block = the_block_for(rule);
    let Some(project) = Project::new(&[(name, block.text)], main) else { return };
    let guide = Guide::new(page);
    let built = project.vite().args(["build", "--base", "./", "--outDir", "out"]).output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success(), "the example in line {}: {said}", block.line);
    page.server.also("built", &project.folder.path().join("out"));
    page.server.set_header("built/", "Content-Security-Policy", WITHOUT_TRUSTED_TYPES);
    page.load("built/index.html", "");
    page.until(&format!("the component in line {} is ready", block.line), READY);
    guide.says_nothing(block.line);
    page.js(CHOOSE);
    page.until("the component has heard of it", "return location.hash.includes(window.opened)");
    page.until_shown(".rv-release__title");
}

/// A project as users of the npm package have one.
struct Project {
    folder: TempDir,
}

impl Project {
    /// Writes it, if there is all that it needs.
    fn new(files: &[(&str, &str)], main: &str) -> Option<Self> {
        let Some(modules) = given::path("RELEASE_VIEWER_HOSTS") else {
            println!("skipped: RELEASE_VIEWER_HOSTS does not say where React, Vue and Vite are");
            return None;
        };
        let is_svelte = files.iter().any(|(name, _)| name.ends_with(".svelte"));
        if is_svelte && !modules.join("svelte").is_dir() {
            println!("skipped: there is no Svelte in RELEASE_VIEWER_HOSTS");
            return None;
        }
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        given::install_packages(&modules, root);
        let page = whole_page(
            "<div id=\"app\"></div>\n<script type=\"module\" src=\"/main.js\"></script>\n",
        )
        .replace("/press/icon.svg", "data:,");
        let settings = the_block_for(Rule::Vite).text;
        let settings = match files.first() {
            Some(("Example.vue", _)) => settings.to_owned(),
            _ => without_vue(settings, is_svelte),
        };
        let given = [
            ("index.html", page.as_str()),
            ("vite.config.js", &settings),
            ("main.js", main),
            ("package.json", r#"{ "type": "module" }"#),
        ];
        for (name, text) in given.iter().chain(files) {
            fs::write(root.join(name), text).unwrap();
        }
        Some(Self { folder })
    }

    fn vite(&self) -> Command {
        let mut command = Command::new("node");
        command.arg("node_modules/vite/bin/vite.js").current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

/// The settings for a project without Vue, as the guide says; with Svelte in its place or nothing.
fn without_vue(settings: &str, is_svelte: bool) -> String {
    let lines = settings.split_inclusive('\n').filter(|line| !line.contains("vue"));
    let rest: String = lines.collect();
    if !is_svelte {
        return rest;
    }
    let with = rest.replace("plugins: [", "plugins: [svelte(),");
    format!("import {{ svelte }} from '@sveltejs/vite-plugin-svelte';\n{with}")
}

/// A process that ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _already_gone = self.0.kill();
        let _no_matter = self.0.wait();
    }
}
