//! Personal data that must not be in a release: numbers of persons, and addresses that are not of an office.
//!
//! Office telephones (`02-2100-…`) and addresses of institutions are what a contact is for. A message shows the first
//! signs only, so that a log of problems is no list of persons.

use std::ops::Range;

use anyhow::Result;
use regex::Regex;

use crate::model::Date;

/// Finds personal data in a line.
pub(super) struct Personal {
    today: Date,
    rules: Vec<Rule>,
}

struct Rule {
    code: &'static str,
    pattern: Regex,
    /// Whether what looks right is right, given today and the whole line.
    holds: fn(&str, &str, Date) -> bool,
    /// How many letters and digits of it may be shown.
    shown: usize,
    says: &'static str,
}

/// Mail for persons, not for offices.
const DOMAINS: [&str; 22] = [
    "gmail.com",
    "naver.com",
    "hanmail.net",
    "daum.net",
    "kakao.com",
    "nate.com",
    "hotmail.com",
    "outlook.com",
    "outlook.kr",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.co.kr",
    "yahoo.co.jp",
    "icloud.com",
    "me.com",
    "aol.com",
    "gmx.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "163.com",
];

impl Personal {
    pub(super) fn new(today: Date) -> Result<Self> {
        let rule = |code, pattern: &str, holds, shown, says| {
            Ok(Rule { code, pattern: Regex::new(pattern)?, holds, shown, says })
        };
        let rules = [
            rule(
                "personal-mail",
                r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
                is_personal_mail,
                1,
                "is a private address; expected one of the institution",
            ),
            rule(
                "personal-resident",
                r"[0-9]{6} ?-? ?[1-8][0-9]{6}",
                is_resident,
                2,
                "looks like a resident or foreigner registration number; expected none",
            ),
            rule(
                "personal-driving-licence",
                r"(?:[0-9]{2}|서울|부산|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산) ?-?[0-9]{2}-[0-9]{6}-[0-9]{2}",
                is_driving_licence,
                2,
                "looks like the number of a driving licence; expected none",
            ),
            rule(
                "personal-card",
                r"[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}[- ]?[0-9]{4}|3[47][0-9]{2}[- ]?[0-9]{6}[- ]?[0-9]{5}",
                |text, _, _| is_card(text),
                2,
                "looks like the number of a payment card; expected none",
            ),
            rule(
                "personal-mobile",
                r"(?:\+82|\(\+82\))[-. ]{0,2}(?:\(0\))?0?1[016789][-. ]{0,3}[0-9]{3,4}[-. ]{0,3}[0-9]{4}|\(?01[016789]\)?[-. ]{1,3}[0-9]{3,4}[-. ]{1,3}[0-9]{4}|010[0-9]{8}",
                |_, _, _| true,
                3,
                "is a mobile number; expected the telephone of an office",
            ),
            rule(
                "personal-passport",
                r"[MSRGD][0-9]{8}|M[0-9]{3}[A-Z][0-9]{4}",
                is_passport,
                1,
                "looks like the number of a passport; expected none",
            ),
        ];
        Ok(Self { today, rules: rules.into_iter().collect::<Result<_>>()? })
    }

    /// The personal data in a line: a code, and a message that shows none of it.
    pub(super) fn find(&self, line: &str) -> Vec<(&'static str, String)> {
        let line = plain(line);
        let places = self.places(&line);
        let message = |(rule, place): (&Rule, Range<usize>)| {
            let text = line.get(place).unwrap_or_default();
            (rule.code, format!("“{}” {}", mask(text, rule.shown), rule.says))
        };
        places.into_iter().map(message).collect()
    }

    /// The text with personal data made unreadable.
    pub(super) fn masked(&self, text: &str) -> String {
        let plain = plain(text);
        let places = self.places(&plain);
        // The text itself, with all its dashes, if there is nothing to hide.
        if places.is_empty() {
            return text.to_owned();
        }
        let mut masked = plain.clone();
        for (rule, place) in places.into_iter().rev() {
            let hidden = mask(plain.get(place.clone()).unwrap_or_default(), rule.shown);
            masked.replace_range(place, &hidden);
        }
        masked
    }

    /// Where something stands, in the order of the line. What a rule has found no later one sees.
    fn places(&self, line: &str) -> Vec<(&Rule, Range<usize>)> {
        let mut found: Vec<(&Rule, Range<usize>)> = Vec::new();
        for rule in &self.rules {
            let mut from = 0;
            // A number that is part of a longer one may begin again one sign later.
            while let Some(place) = rule.pattern.find_at(line, from) {
                let free = found
                    .iter()
                    .all(|(_, other)| place.end() <= other.start || other.end <= place.start());
                let whole = stands_alone(line, place.range());
                if free && whole && (rule.holds)(place.as_str(), line, self.today) {
                    found.push((rule, place.range()));
                    from = place.end();
                } else {
                    let first = place.as_str().chars().next().map_or(1, char::len_utf8);
                    from = place.start() + first;
                }
            }
        }
        found.sort_by_key(|(_, place)| place.start);
        found
    }
}

/// Full-width digits and the many dashes as those of ASCII.
fn plain(line: &str) -> String {
    line.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '‐'..='―' | '−' | '－' => '-',
            '\u{a0}' => ' ',
            c => c,
        })
        .collect()
}

/// Letters and digits behind the first ones as stars; the domain of an address is told.
fn mask(text: &str, shown: usize) -> String {
    let (head, domain) = text.split_at(text.find('@').unwrap_or(text.len()));
    let mut left = shown;
    let hide = |c: char| match (c.is_alphanumeric(), left) {
        (false, _) => c,
        (true, 0) => '*',
        (true, _) => {
            left -= 1;
            c
        }
    };
    head.chars().map(hide).chain(domain.chars()).collect()
}

/// Whether no letter, digit, or sign with a digit behind it goes on at either end; and no part of a web address.
fn stands_alone(line: &str, place: Range<usize>) -> bool {
    let (before, after) =
        (line.get(..place.start).unwrap_or_default(), line.get(place.end..).unwrap_or_default());
    let joins = |c: char| matches!(c, '-' | '.' | '/' | '_');
    let goes_on = |near: Option<char>, far: Option<char>| {
        near.is_some_and(|c| c.is_ascii_alphanumeric())
            || near.is_some_and(joins) && far.is_some_and(|c| c.is_ascii_digit())
    };
    let (mut back, mut on) = (before.chars().rev(), after.chars());
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    !goes_on(back.next(), back.next()) && !goes_on(on.next(), on.next()) && !word.contains("://")
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

fn is_personal_mail(text: &str, _: &str, _: Date) -> bool {
    let domain = text.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    DOMAINS.contains(&domain.as_str())
}

/// Six digits of a birthday that exists, one that tells the century, six more.
///
/// Thirteen digits in a row may be anything; then the check digit must be right (numbers given before October 2020
/// have one), or the line must say what they are.
fn is_resident(text: &str, line: &str, today: Date) -> bool {
    let digits = digits(text);
    let &[a, b, c, d, e, f, kind, ..] = digits.as_slice() else { return false };
    let century = if matches!(kind, 1 | 2 | 5 | 6) { 1900 } else { 2000 };
    let part = |tens: u32, ones: u32| u8::try_from(tens * 10 + ones).unwrap_or_default();
    let year = century + u16::from(part(a, b));
    let born = Date::new(year, part(c, d), part(e, f)).is_some_and(|day| day <= today);
    let weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
    let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    let remainder = (11 - sum % 11) % 10;
    let expected = if matches!(kind, 5..=8) { (remainder + 2) % 10 } else { remainder };
    let said = ["주민", "외국인등록", "등록번호", "resident", "Resident", "registration"];
    born && (text.contains('-')
        || digits.last() == Some(&expected)
        || said.iter().any(|word| line.contains(word)))
}

/// Regions have the numbers 11 to 28.
fn is_driving_licence(text: &str, _: &str, _: Date) -> bool {
    let region = text.get(..2).and_then(|region| region.parse().ok());
    !text.starts_with(|c: char| c.is_ascii_digit())
        || text.get(2..3) == Some("-")
            && region.is_some_and(|number: u8| (11..=28).contains(&number))
}

/// Luhn's check digit (ISO/IEC 7812-1), and a first digit that cards for payment have.
fn is_card(text: &str) -> bool {
    let digits = digits(text);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { *digit } else { digit * 2 / 10 + digit * 2 % 10 })
        .sum();
    sum.is_multiple_of(10) && matches!(digits.first(), Some(2..=6 | 9))
}

/// A letter and eight digits may name a document, so that the line must say “passport”, but for `M` with no day in it.
fn is_passport(text: &str, line: &str, _: Date) -> bool {
    let said = line.contains("여권") || line.to_ascii_lowercase().contains("passport");
    let day = |text: &str| {
        let (year, month, day) = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    said || text.strip_prefix('M').is_some_and(|rest| day(rest).is_none())
}

#[cfg(test)]
mod tests {
    use super::Personal;
    use crate::model::Date;

    fn check(line: &str, expected: &[(&str, &str)]) {
        let personal = Personal::new(Date::new(2026, 5, 1).unwrap()).unwrap();
        let found = personal.find(line);
        let codes: Vec<_> = found.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, expected.iter().map(|(code, _)| *code).collect::<Vec<_>>(), "{line}");
        for ((_, message), (_, shown)) in found.iter().zip(expected) {
            assert!(message.contains(&format!("“{shown}”")), "{message}");
        }
    }

    #[test]
    fn personal_data_is_found_and_hidden() {
        let resident = "personal-resident";
        check("주민등록번호 900101-1234567", &[(resident, "90****-*******")]);
        check("외국인 850315-5123456.", &[(resident, "85****-*******")]);
        check("(010203–3456789)", &[(resident, "01****-*******")]);
        check("９００１０１－１２３４５６７", &[(resident, "90****-*******")]);
        check("주민번호 9001011234567", &[(resident, "90***********")]);
        check("담당 010-1234-5678", &[("personal-mobile", "010-****-****")]);
        check("담당(☎ 01012345678)", &[("personal-mobile", "010********")]);
        check("Mobile: +82-10-1234-5678", &[("personal-mobile", "+82-1*-****-****")]);
        check("(011) 234.5678", &[("personal-mobile", "(011) ***.****")]);
        check("011.234.5678", &[("personal-mobile", "011.***.****")]);
        check("여권번호 M12345678", &[("personal-passport", "M********")]);
        check("passport M123A4567 of", &[("personal-passport", "M********")]);
        check("여권 S12345678", &[("personal-passport", "S********")]);
        check("면허 11-12-345678-90", &[("personal-driving-licence", "11-**-******-**")]);
        check("서울 12-345678-90", &[("personal-driving-licence", "서울 **-******-**")]);
        check("카드 4111-1111-1111-1111", &[("personal-card", "41**-****-****-****")]);
        check("card 4111111111111111", &[("personal-card", "41**************")]);
        check("amex 3782 822463 10005", &[("personal-card", "37** ****** *****")]);
        check("문의: kim@gmail.com", &[("personal-mail", "k**@gmail.com")]);
    }

    #[test]
    fn what_an_office_prints_is_no_personal_data() {
        for line in [
            "문의 : 국제경제과 남유찬 과장(☎ 02-2100-7654)",
            "Tel. +82-2-2100-7654, press@mofa.go.kr",
            "031-123-4567, 1588-0404",
            "2026. 5. 1.(금) 10:00",
            "예산 123,456,789,012원",
            "주민등록번호 901301-1234567",
            "주민등록번호 900101-1******",
            "주민등록번호 300101-3234567",
            "ISBN 978-89-1234567-8",
            "문서번호 S20260501",
            "번호 M20260501",
            "카드 4111-1111-1111-1112",
            "0000-0000-0000-0000",
            "계좌 123-010-1234-5678",
            "https://example.kr/a/010-1234-5678",
            "99-12-345678-90",
            "1990010112345678901",
            "9001011234567",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn a_message_that_repeats_a_number_hides_it() {
        let personal = Personal::new(Date::new(2026, 5, 1).unwrap()).unwrap();
        let message = "“010-1234-5678” behind “Date” is left out";
        assert_eq!(personal.masked(message), "“010-****-****” behind “Date” is left out");
        assert_eq!(personal.masked("from 1–5"), "from 1–5");
    }
}
