//! Lines about the release itself: from when it may be published, and that it was taken back.
//!
//! They stand above the text only, so that a sentence about an embargo on goods stays a sentence.

use super::labels::{BULLETS, squeezed_prefix};
use super::lines::{Line, squeeze};
use super::{Page, marker};
use crate::model::{Date, Time, Withdrawal, in_seoul};
use crate::reader::BAD_EMBARGO;
use crate::reader::dates;

/// Words before the day of a withdrawal, squeezed. A longer one stands before one that it begins with.
const WITHDRAWN: [&str; 4] = ["철회일", "철회", "withdrawnon", "withdrawn"];

/// Words before the time of publication. Those of `BARE` begin titles too, so that a colon or a figure must follow.
const EMBARGO: [&str; 6] =
    ["보도시점", "embargoeduntil", "embargountil", "underembargountil", "embargo", "엠바고"];
const BARE: [&str; 2] = ["embargo", "엠바고"];

/// What says that there is no embargo, squeezed.
const AT_ONCE: [&str; 5] = ["즉시", "배포시", "배포후", "없음", "immediate"];

/// Takes the notice that begins with the first of these lines and gives the number of lines it used.
pub(super) fn take(lines: &[Line], page: &mut Page) -> Option<usize> {
    let line = lines.first()?;
    let text = line.text.trim_start_matches(BULLETS).trim_start();
    let next = lines.get(1).filter(|next| !next.text.is_empty());
    if let Some((_, rest)) = labelled(text, &WITHDRAWN) {
        let (value, used) = value(rest, next)?;
        return match withdrawal(value) {
            Some(withdrawal) => {
                page.withdrawn.get_or_insert(withdrawal);
                Some(used)
            }
            None if used == 1 => {
                let message = "no day behind the word for withdrawal, so that this stays text; expected for example “Withdrawn: May 1, 2026. Reason”";
                page.problem(line.number, "bad-withdrawal", message.to_owned());
                None
            }
            None => None,
        };
    }
    let (label, rest) = labelled(text, &EMBARGO)?;
    let tight =
        rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == ':' || c == '：');
    if BARE.contains(&label) && !tight && !rest.is_empty() {
        return None;
    }
    let (value, used) = value(rest, next).unwrap_or((rest, 1));
    let said = moment(value);
    let at_once = || AT_ONCE.iter().any(|word| squeeze(value).contains(word));
    if said.is_none() && !at_once() {
        if used == 2 || !tight {
            return None;
        }
        let message = "no day with a year in the line about the embargo, so the release is held back; expected for example “Embargo: December 1, 2026, 10:00”";
        page.problem(line.number, BAD_EMBARGO, message.to_owned());
    }
    page.embargo = page.embargo.or(said);
    page.masthead.extend(lines.iter().take(used).map(|line| line.text.clone()));
    Some(used)
}

/// The label at the start of a text, and what follows it.
fn labelled<'a>(text: &'a str, labels: &[&'static str]) -> Option<(&'static str, &'a str)> {
    labels.iter().find_map(|label| Some((*label, text.get(squeezed_prefix(text, label)?..)?)))
}

/// What stands behind a label, or below one that stands alone; with the number of lines.
fn value<'a>(rest: &'a str, next: Option<&'a Line>) -> Option<(&'a str, usize)> {
    let value = rest.trim_start().trim_start_matches([':', '：']).trim_start();
    match next {
        _ if !value.is_empty() => Some((value, 1)),
        Some(next) if marker::of(&next.text).is_none() => Some((&next.text, 2)),
        _ => None,
    }
}

/// `2026. 5. 1. 사실과 다른 내용이 있어 철회`, `May 1, 2026. The figures were wrong.`
fn withdrawal(value: &str) -> Option<Withdrawal> {
    let stamp = dates::stamp(value)?;
    let reason = stamp.rest.trim_start_matches(['.', ',', ':', ';', '-', '–', '—', ' ']);
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    Some(Withdrawal { date: Some(stamp.date), reason })
}

/// The first day in a text, and a time before or behind it: `10:00 a.m. KST, Tuesday, December 1, 2026`.
fn moment(text: &str) -> Option<(Date, Option<Time>)> {
    let starts = |text: &str| {
        let free = |at: usize| {
            at == 0 || text.get(..at).is_some_and(|head| head.ends_with([' ', '(', ',', ':', '[']))
        };
        text.char_indices().map(|(at, _)| at).filter(|&at| free(at)).collect::<Vec<_>>()
    };
    let (at, stamp) =
        starts(text).into_iter().find_map(|at| Some((at, dates::stamp(text.get(at..)?)?)))?;
    let time = |text: &str| {
        let found = |at| dates::time_of_day(text.get(at..)?).map(|(time, _)| time);
        starts(text).into_iter().find_map(found)
    };
    let time = stamp.time.or_else(|| time(stamp.rest)).or_else(|| time(text.get(..at)?));
    // A time of Greenwich is nine hours later in Seoul; read as one of Seoul it would end the embargo too early.
    let abroad =
        text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| matches!(word, "GMT" | "UTC"));
    match time.filter(|_| abroad).and_then(|time| in_seoul(&format!("{}T{time}Z", stamp.date))) {
        Some((date, time)) => Some((date, Some(time))),
        None => Some((stamp.date, time)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::{Page, take};

    /// The embargo, the withdrawal, the number of lines used.
    fn check(text: &str, embargo: Option<&str>, withdrawn: Option<(&str, &str)>, used: usize) {
        let mut page = Page::default();
        let taken = take(&split(text), &mut page).unwrap_or_default();
        let said = page.embargo.map(|(date, time)| match time {
            Some(time) => format!("{date} {time}"),
            None => date.to_string(),
        });
        assert_eq!((said.as_deref(), taken), (embargo, used), "{text}");
        let said = page.withdrawn.map(|withdrawn| {
            (withdrawn.date.unwrap().to_string(), withdrawn.reason.unwrap_or_default())
        });
        let said = said.as_ref().map(|(date, reason)| (date.as_str(), reason.as_str()));
        assert_eq!(said, withdrawn, "{text}");
    }

    #[test]
    fn an_embargo_has_a_day_and_a_time() {
        let ten = Some("2026-12-01 10:00:00");
        check("보도시점: 2026. 12. 1.(화) 10:00 이후", ten, None, 1);
        check("보 도 시 점 2026.12.1.(화) 오전 10시", ten, None, 1);
        check("보도시점\n2026. 12. 1.(화) 10:00", ten, None, 2);
        check("엠바고 : 2026년 12월 1일 10시부터 보도", ten, None, 1);
        check("Embargo: December 1, 2026, 10:00 (KST)", ten, None, 1);
        check("EMBARGOED UNTIL 10:00 a.m. KST, Tuesday, December 1, 2026", ten, None, 1);
        check("Embargo: 01:00 GMT, 1 December 2026", ten, None, 1);
        check("보도시점: 2026. 12. 1.(화) 조간", Some("2026-12-01"), None, 1);
        check("보도시점: 배포 즉시", None, None, 1);
    }

    #[test]
    fn a_withdrawal_has_a_day_and_a_reason() {
        check(
            "철회: 2026. 5. 1. 수치에 오류가 있어 철회함",
            None,
            Some(("2026-05-01", "수치에 오류가 있어 철회함")),
            1,
        );
        check(
            "Withdrawn: May 1, 2026. The figures were wrong.",
            None,
            Some(("2026-05-01", "The figures were wrong.")),
            1,
        );
        check("• Withdrawn on 2026-05-01", None, Some(("2026-05-01", "")), 1);
        check("철회\n2026. 5. 1.", None, Some(("2026-05-01", "")), 2);
    }

    #[test]
    fn titles_are_no_notices() {
        for text in [
            "Embargo on grain ends on December 1, 2026",
            "엠바고 해제를 둘러싼 논의",
            "Withdrawn from the coast",
            "철회 요구에 관한 입장",
            "철회\n1. 정부는 2026. 5. 1. 밝혔다.",
            "보도시점을 앞당긴 배경",
        ] {
            check(text, None, None, 0);
        }
    }

    #[test]
    fn a_notice_without_a_day_is_a_problem() {
        for (text, code) in
            [("Withdrawn: a mistake", "bad-withdrawal"), ("Embargo: 10:00 tomorrow", "bad-embargo")]
        {
            let mut page = Page::default();
            take(&split(text), &mut page);
            assert_eq!(page.problems.iter().map(|found| found.code).collect::<Vec<_>>(), [code]);
        }
    }
}
