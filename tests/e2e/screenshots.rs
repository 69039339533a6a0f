//! Pictures of every state, for eyes: `RELEASE_VIEWER_SCREENSHOTS` names the folder.

use crate::given::{self, in_chromium};
use crate::page::Page;
use crate::states::{Lang, State};
use serde_json::json;
use std::fs;
use std::path::Path;

const SIZES: [(u32, u32); 3] = [(1280, 900), (768, 1024), (320, 640)];

#[test]
fn screenshots() {
    let Some(folder) = given::path("RELEASE_VIEWER_SCREENSHOTS") else {
        println!("skipped: RELEASE_VIEWER_SCREENSHOTS does not name a folder");
        return;
    };
    fs::create_dir_all(&folder).unwrap();
    in_chromium(|page| {
        for lang in Lang::ALL {
            for state in State::ALL {
                state.show(page, lang);
                let name = format!("{state:?}-{}", lang.tag());
                for (width, height) in SIZES {
                    page.resize(width, height);
                    take(page, &folder.join(format!("{name}-{width}.png")));
                }
                page.resize(1280, 900);
                let print = page.cdp(
                    "Page.printToPDF",
                    json!({ "printBackground": false, "preferCSSPageSize": true }),
                );
                save(&folder.join(format!("{name}-print.pdf")), print["data"].as_str());
                for (suffix, feature) in [
                    ("dark", ("prefers-color-scheme", "dark")),
                    ("forced", ("forced-colors", "active")),
                ] {
                    page.emulate_media(&[feature]);
                    take(page, &folder.join(format!("{name}-{suffix}.png")));
                }
                page.emulate_media(&[]);
            }
        }
    });
}

fn take(page: &Page, file: &Path) {
    let picture = page
        .cdp("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true }));
    save(file, picture["data"].as_str());
}

fn save(file: &Path, base64: Option<&str>) {
    fs::write(file, decode(base64.expect("there is a picture"))).unwrap();
}

/// Base64 as the DevTools write it: the usual alphabet, `=` at the end.
fn decode(base64: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(base64.len() / 4 * 3), 0_u32, 0);
    for sign in base64.bytes() {
        let six = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 255) as u8);
        }
    }
    bytes
}
