//! Many releases from few: each is one of our samples with another date, other numbers, names and departments.
//!
//! A story is a sample in all its languages. Story number *n* is the sample *n* modulo their count, and all that
//! differs in it follows from *n* alone: the same story has the same bytes at every size and in every run. Days lie
//! between 2006 and 2025; of the numbers in the text each run of two or more digits becomes another of the same length,
//! the same one everywhere in the story; invented countries change places; departments are drawn from those of the
//! samples; sections stay those of the sample.

use crate::failure::{Context, Failure, Result, failed};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// The countries of our samples.
const COUNTRIES: [[&str; 2]; 7] = [
    ["노르베사", "Norvessa"],
    ["벨마레", "Belmare"],
    ["퀼론", "Quillon"],
    ["타마린", "Tamarin"],
    ["오스테를린", "Osterlin"],
    ["테사란", "Tessaran"],
    ["아우렌자", "Aurenza"],
];

/// What is no running text, and stays.
const KEPT: [&str; 17] = [
    "id",
    "marker",
    "kind",
    "level",
    "language",
    "section",
    "section_id",
    "url",
    "licence",
    "licence_text",
    "size",
    "label",
    "name",
    "attachments",
    "department",
    "end_mark",
    "code",
];

/// The samples, as the program itself reads them.
pub(super) struct Samples {
    /// The versions of each, by their common name.
    stories: Vec<(String, Vec<Value>)>,
    /// The departments of each language.
    departments: BTreeMap<String, Vec<String>>,
}

/// SplitMix64: a few lines, and good enough to scatter.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

impl Samples {
    /// Reads the samples in a folder.
    pub(super) fn read(program: &Path, folder: &Path) -> Result<Self> {
        let output = Command::new(program)
            .arg("read")
            .arg(folder)
            .stderr(Stdio::null())
            .output()
            .context(program.display())?;
        let feed: Value = serde_json::from_slice(&output.stdout).map_err(|error| {
            Failure::Failed(format!("{} reads no samples: {error}", program.display()))
        })?;
        let mut stories: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut departments: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for item in feed["items"].as_array().into_iter().flatten() {
            let lang = item["language"].as_str().unwrap_or_default();
            let id = item["id"].as_str().unwrap_or_default();
            let name = id.strip_suffix(&format!("-{lang}")).unwrap_or(id);
            stories.entry(name.to_owned()).or_default().push(item.clone());
            if let Some(department) = item["_release"]["department"].as_str() {
                departments.entry(lang.to_owned()).or_default().insert(department.to_owned());
            }
        }
        if stories.is_empty() {
            return failed(format!("no samples in {}", folder.display()));
        }
        let sorted =
            departments.into_iter().map(|(lang, names)| (lang, names.into_iter().collect()));
        Ok(Self { stories: stories.into_iter().collect(), departments: sorted.collect() })
    }

    /// Writes `count` releases into a folder, one file each, as `import` does.
    pub(super) fn write(&self, count: usize, folder: &Path) -> Result<()> {
        fs::create_dir_all(folder).context(folder.display())?;
        let all = (0..).flat_map(|number| self.story(number, None));
        all.take(count).try_for_each(|release| put(folder, &release))
    }

    /// Writes one more, newer than all others.
    pub(super) fn add(&self, folder: &Path) -> Result<()> {
        let newest = self.story(u64::MAX, Some("2026-01-05")).into_iter().take(1);
        newest.into_iter().try_for_each(|release| put(folder, &release))
    }

    /// Writes the release in the middle of `count` once more, with other words in its title.
    pub(super) fn change(&self, count: usize, folder: &Path) -> Result<()> {
        let all = (0..).flat_map(|number| self.story(number, None));
        all.skip(count / 2).take(1).try_for_each(|mut release| {
            let title = release["title"].as_str().unwrap_or_default().to_owned();
            release["title"] = json!(format!("{title} (2)"));
            put(folder, &release)
        })
    }

    /// All versions of a story.
    fn story(&self, number: u64, day: Option<&str>) -> Vec<Value> {
        let mut random = Random(number);
        let index = usize::try_from(number % self.stories.len() as u64).unwrap_or_default();
        let Some((name, versions)) = self.stories.get(index) else { return Vec::new() };
        let (year, month) = (2006 + random.below(20), 1 + random.below(12));
        let drawn = format!("{year}-{month:02}-{:02}", 1 + random.below(28));
        let day = day.unwrap_or(&drawn);
        let time = format!("{:02}:{:02}:00", 9 + random.below(9), random.below(60));
        let (shift, views, department) = (random.below(7), random.below(20_000), random.next());
        let salt = random.next();
        let name = name.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '-');
        let key = format!("{day}-{number}-{name}");
        let vary = |item: &Value| {
            let mut item = varied(item, &|text| words(text, shift, salt));
            let lang = item["language"].as_str().unwrap_or_default().to_owned();
            let names = self.departments.get(&lang).map_or(&[][..], Vec::as_slice);
            let place = usize::try_from(department % names.len().max(1) as u64).unwrap_or_default();
            item["id"] = json!(format!("{key}-{lang}"));
            item["date_published"] = json!(format!("{day}T{time}+09:00"));
            let ours = &mut item["_release"];
            ours["date"] = json!(day);
            ours["time"] = json!(time);
            ours["views"] = json!(views);
            ours["department"] = json!(names.get(place));
            ours["translations"] = json!([]);
            ours["translation_key"] = json!(key);
            item
        };
        versions.iter().map(vary).collect()
    }
}

/// Writes a release as a feed of one.
fn put(folder: &Path, item: &Value) -> Result<()> {
    let path = folder.join(format!("{}.json", item["id"].as_str().unwrap_or_default()));
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": item["title"], "items": [item],
    });
    fs::write(&path, format!("{feed:#}\n")).context(path.display())
}

/// The value with each of its texts changed, except what is kept.
fn varied(value: &Value, change: &impl Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(change(text)),
        Value::Array(items) => items.iter().map(|item| varied(item, change)).collect(),
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let kept = KEPT.contains(&name.as_str());
                (name.clone(), if kept { value.clone() } else { varied(value, change) })
            };
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// A text with other countries and other numbers.
fn words(text: &str, shift: u64, salt: u64) -> String {
    let mut varied = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let country = (0_u64..).zip(COUNTRIES).find_map(|(index, names)| {
            let language = names.iter().position(|name| rest.starts_with(name))?;
            let place = usize::try_from((index + shift) % COUNTRIES.len() as u64).ok()?;
            Some((names.get(language)?.len(), *COUNTRIES.get(place)?.get(language)?))
        });
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let taken = if let Some((length, other)) = country {
            varied.push_str(other);
            length
        } else if digits > 1 {
            let run = rest.get(..digits).unwrap_or_default();
            let mut random =
                Random(run.bytes().fold(salt, |seed, digit| {
                    seed.wrapping_mul(31).wrapping_add(u64::from(digit))
                }));
            let number = (0..digits)
                .map(|place| random.below(if place == 0 { 9 } else { 10 }) + u64::from(place == 0));
            varied.extend(
                number.filter_map(|digit| char::from_digit(u32::try_from(digit).ok()?, 10)),
            );
            digits
        } else {
            varied.push(first);
            first.len_utf8()
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    varied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_change_alike_in_a_story_and_keep_their_shape() {
        let varied = words("노르베사 2026년 7명, 2026년 벨마레", 1, 5);
        let numbers: Vec<_> =
            varied.split(|sign: char| !sign.is_ascii_digit()).filter(|run| run.len() > 1).collect();
        assert!(
            varied.starts_with("벨마레 ") && varied.ends_with(" 퀼론") && varied.contains(" 7명"),
            "{varied}"
        );
        assert!(numbers.len() == 2 && numbers[0] == numbers[1] && numbers[0] != "2026", "{varied}");
        assert_eq!(varied, words("노르베사 2026년 7명, 2026년 벨마레", 1, 5));
    }

    #[test]
    fn ids_and_kinds_stay() {
        let item = json!({"id": "p12", "kind": "note", "text": "Norvessa"});
        let varied = varied(&item, &|text| words(text, 1, 0));
        assert_eq!(varied, json!({"id": "p12", "kind": "note", "text": "Belmare"}));
    }
}
