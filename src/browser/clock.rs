//! Days and times in the reader's language, by the browser's own `Intl`.

use js_sys::{Array, Date as JsDate, Function, Intl, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::model::Date;
use crate::view::{DateStyle, Ui};

const SEOUL: &str = "Asia/Seoul";

/// Writes a day: `2025. 5. 7.(수)`, `May 7, 2025`.
pub(super) fn day(date: Date, ui: Ui, style: DateStyle) -> String {
    let mut options = vec![
        ("year", "numeric"),
        ("month", if ui == Ui::Ko { "numeric" } else { "long" }),
        ("day", "numeric"),
    ];
    if ui == Ui::Ko && style == DateStyle::Full {
        options.push(("weekday", "short"));
    }
    // Noon in Seoul is the same day everywhere that a formatter may think it is.
    let noon = JsDate::utc(f64::from(date.year()), f64::from(date.month()) - 1.0).max(f64::MIN)
        + (f64::from(date.day()) - 1.0) * 86_400_000.0
        + 3.0 * 3_600_000.0;
    let Some(text) = write(noon, ui, &options) else { return date.to_string() };
    // The official form has no space before the weekday.
    text.replace(". (", ".(").as_string().unwrap_or_default()
}

/// Writes the time that it is now.
pub(super) fn now(ui: Ui) -> String {
    write(JsDate::now(), ui, &[("dateStyle", "medium"), ("timeStyle", "short")])
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn write(moment: f64, ui: Ui, options: &[(&str, &str)]) -> Option<JsString> {
    let settings = Object::new();
    for (name, value) in options.iter().chain(&[("timeZone", SEOUL)]) {
        Reflect::set(&settings, &JsValue::from_str(name), &JsValue::from_str(value)).ok()?;
    }
    let locale = if ui == Ui::Ko { "ko-KR" } else { "en-US" };
    let formatter = Intl::DateTimeFormat::new(&Array::of1(&JsValue::from_str(locale)), &settings);
    let format: Function = formatter.format().dyn_into().ok()?;
    format
        .call1(&JsValue::UNDEFINED, &JsDate::new(&JsValue::from_f64(moment)))
        .ok()?
        .dyn_into()
        .ok()
}
