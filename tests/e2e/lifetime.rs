//! What is left of viewers that have gone: nothing, however many there were.

use crate::fault::Fault;
use crate::faults::{VIEWER, host};
use crate::faulty::{Faulty, File};
use crate::given::in_chromium;
use crate::page::Page;
use serde_json::{Value, json};
use std::time::Duration;

const MOUNTS: usize = 1000;
const WARM_UP: usize = 20;
/// After so many the memory of the wasm may not grow any more.
const FLAT: usize = 100;

/// Keeps hold of the memory of each wasm instance, and of what could still fire.
const WATCH: &str = "<script>
  window.memories = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const real = WebAssembly[name].bind(WebAssembly);
    WebAssembly[name] = (...given) => real(...given).then((result) => {
      memories.push((result.instance ?? result).exports.memory);
      return result;
    });
  }
  window.timers = new Set();
  for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
    const [start, end] = [window[set], window[clear]];
    window[set] = (what, ...given) => {
      const id = start(() => { if (set === 'setTimeout') timers.delete(id); what(); }, ...given);
      timers.add(id);
      return id;
    };
    window[clear] = (id) => { timers.delete(id); end(id); };
  }
  window.mount = async (count) => {
    const list = document.createElement('div');
    document.body.append(list);
    for (let i = 0; i < count; i += 1) {
      const viewer = document.createElement('release-viewer');
      viewer.setAttribute('src', 'archive/');
      viewer.setAttribute('routing', 'none');
      if (i % 2) viewer.setAttribute('release', '0331-tessaran-ceasefire-ko');
      if (i % 3 === 0) viewer.append(document.createElement('p'));
      const ready = new Promise((resolve) => viewer.addEventListener('rv-ready', resolve, { once: true }));
      list.append(viewer);
      await ready;
      viewer.remove();
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    list.remove();
  };
</script>";

#[must_use = "dropping the server ends it"]
fn start(page: &Page, body: &str) -> Faulty {
    let server = Faulty::start(page.server.dist(), 1);
    // The page's own watch on itself would add to what is counted.
    let page_of_host = host("ko", WATCH, body);
    server.page("host.html", &page_of_host);
    page.go(&server.url("host.html"));
    server
}

fn mount(page: &Page, count: usize) {
    // A command must end in time.
    for part in 0..count.div_ceil(50) {
        let count = 50.min(count - part * 50);
        let script = "mount(arguments[0]).then(() => arguments[1]('done'), (error) => arguments[1](String(error)))";
        assert_eq!(page.js_later(script, json!([count])), json!("done"));
    }
}

#[derive(Clone, Copy, Debug)]
struct Size {
    heap: f64,
    nodes: f64,
    listeners: f64,
    wasm: f64,
}

fn measure(page: &Page) -> Size {
    page.frames();
    for _ in 0..3 {
        page.cdp("HeapProfiler.collectGarbage", json!({}));
    }
    let metrics = page.cdp("Performance.getMetrics", json!({}));
    let metric = |name: &str| {
        let found = metrics["metrics"].as_array().into_iter().flatten();
        found
            .filter(|metric| metric["name"] == name)
            .find_map(|metric| metric["value"].as_f64())
            .unwrap()
    };
    let wasm = page.js("return memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)");
    Size {
        heap: metric("JSHeapUsedSize"),
        nodes: metric("Nodes"),
        listeners: metric("JSEventListeners"),
        wasm: wasm.as_f64().unwrap(),
    }
}

#[test]
fn a_thousand_viewers_leave_nothing() {
    in_chromium(|page| {
        let _server = start(page, "");
        page.until("the element is defined", "return !!customElements.get('release-viewer')");
        page.cdp("Performance.enable", json!({}));
        page.cdp("HeapProfiler.enable", json!({}));
        mount(page, WARM_UP);
        let before = measure(page);
        mount(page, FLAT - WARM_UP);
        let flat = measure(page);
        mount(page, MOUNTS - FLAT + WARM_UP);
        let after = measure(page);
        println!("{before:?}\n{flat:?}\n{after:?}");
        assert!(after.wasm > 0.0 && page.js("return memories.length") == json!(1));
        assert_eq!(after.wasm, flat.wasm, "the memory of the wasm grows");
        assert!(after.heap - before.heap < (1 << 20) as f64, "{} B", after.heap - before.heap);
        assert!(after.nodes - before.nodes < 200.0, "{} nodes", after.nodes - before.nodes);
        let listeners = after.listeners - before.listeners;
        assert!(listeners < 20.0, "{listeners} listeners");
        assert_eq!(page.js("return document.adoptedStyleSheets.length"), json!(0));
        assert_eq!(page.js("return window.seen.errors"), json!([]));
    });
}

#[test]
fn a_viewer_that_goes_while_it_loads_leaves_nothing_running() {
    in_chromium(|page| {
        for file in [File::Wasm, File::Glue, File::Style, File::Archive, File::List] {
            let server = start(page, "");
            page.until("the element is defined", "return !!customElements.get('release-viewer')");
            let timers = page.js("return timers.size");
            server.fail(file, Fault::Hangs);
            page.js_with(
                "document.body.insertAdjacentHTML('beforeend', arguments[0])",
                json!([VIEWER]),
            );
            server.until_running(1);
            page.js("document.querySelector('release-viewer').remove()");
            // A script that is being imported cannot be called back.
            if file != File::Glue {
                server.until_running(0);
            }
            std::thread::sleep(Duration::from_millis(100));
            assert_eq!(page.js("return timers.size"), timers, "{file:?}: no timer is left");
            let codes = page.js("return window.seen.codes");
            assert_eq!(codes, Value::Array(Vec::new()), "{file:?}: nobody is told");
            assert_eq!(page.js("return window.seen.errors"), json!([]), "{file:?}");
        }
    });
}

#[test]
fn a_viewer_that_goes_takes_nothing_from_the_others() {
    in_chromium(|page| {
        for file in [File::Wasm, File::Glue, File::Style] {
            let server = start(page, "");
            server.page("two.html", &host("ko", "", &format!("{VIEWER}{VIEWER}")));
            server.fail(file, Fault::Hangs);
            page.go(&server.url("two.html"));
            server.until_running(1);
            page.js("document.querySelector('release-viewer').remove()");
            std::thread::sleep(Duration::from_millis(100));
            server.mend();
            page.until("the other one comes", "return visible('.rv-item')");
            // The glue is compared before it is imported.
            let wanted = if file == File::Glue { 3 } else { 2 };
            assert_eq!(server.requests(file), wanted, "{file:?}: once for each time it was opened");
            assert_eq!(page.js("return window.seen.errors"), json!([]), "{file:?}");
        }
    });
}
