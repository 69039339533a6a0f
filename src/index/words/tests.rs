use super::{compounds, dates, english, hangul, particles, tokens};

fn fold(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let bare = text.nfkd().filter(|letter| !('\u{300}'..='\u{36f}').contains(letter));
    bare.nfc().collect::<String>().to_lowercase()
}

fn words(text: &str) -> Vec<String> {
    tokens(text, fold).into_iter().map(|token| token.text).collect()
}

#[test]
fn a_text_falls_into_runs() {
    assert_eq!(
        words("한-에스토니아 정상회담을, G20에서"),
        ["한", "에스토니아", "정상회담을", "g20", "에서"]
    );
    assert_eq!(
        words("Korea's $350,000 (３.５%) STRASSE straße"),
        ["koreas", "350000", "3", "5", "strasse", "strasse"]
    );
    assert_eq!(
        words("보도\u{200b}자료 Minis\u{ad}ter İstanbul café cafe\u{301}"),
        ["보도자료", "minister", "istanbul", "cafe", "cafe"]
    );
    assert_eq!(words("\u{1107}\u{1169}\u{1100}\u{1165}\u{11ab} ﾊﾝｸﾞﾙ"), ["보건", "ハングル"]);
    assert_eq!(words("ㅇㄱㅂ"), ["\u{110b}\u{1100}\u{1107}"]);
}

#[test]
fn hanja_are_read_and_kept() {
    let tokens = tokens("韓美정상", fold);
    assert_eq!(
        (tokens[0].text.as_str(), tokens[0].hanja.as_deref()),
        ("한미정상", Some("韓美정상"))
    );
}

#[test]
fn tokens_know_their_place() {
    let text = "외교부 Café, 35,000명";
    let places: Vec<&str> = tokens(text, fold).iter().map(|token| &text[token.range()]).collect();
    assert_eq!(places, ["외교부", "Café", "35,000", "명"]);
}

#[test]
fn codes_are_also_one_word() {
    let check = |text: &str, expected: &[&str]| {
        let tokens = tokens(text, fold);
        let whole: Vec<String> = compounds(&tokens).into_iter().map(|(.., whole)| whole).collect();
        assert_eq!(whole, expected, "{text}");
    };
    check("COVID-19 and F-35", &["covid19", "f35"]);
    check("U.S. 3.5 S/RES/1718", &["us", "3.5", "sres1718"]);
    check("A - B", &[]);
}

#[test]
fn dates_have_one_form() {
    let check = |text: &str, expected: &[&str]| {
        let tokens = tokens(text, fold);
        let found: Vec<String> = dates::dates(&tokens).into_iter().map(|(.., date)| date).collect();
        assert_eq!(found, expected, "{text}");
    };
    for text in [
        "2024.7.11.",
        "2024. 7. 11.",
        "2024년 7월 11일에",
        "July 11, 2024",
        "11 July 2024",
        "2024-07-11",
    ] {
        check(text, &["@2024-07-11", "@2024-07"]);
    }
    check("2024년 7월의 may 3", &["@2024-07"]);
    check("in July 2024 and 2024 12 people", &["@2024-07"]);
}

#[test]
fn inflections_meet() {
    for family in [
        &["announce", "announces", "announced", "announcing"][..],
        &["policy", "policies"],
        &["plan", "plans", "planned", "planning"],
        &["child", "children"],
        &["meet", "met", "meeting", "meetings"],
        &["agree", "agreed", "agrees", "agreeing"],
        &["tax", "taxes", "taxed"],
    ] {
        for word in family {
            assert_eq!(english::stem(word), english::stem(family[0]), "{word}");
            let forms = english::forms(word);
            for other in family.iter().filter(|other| *other != word) {
                assert!(forms.iter().any(|form| form == other), "{word}: {forms:?}");
            }
        }
    }
    for word in ["news", "united", "congress", "thing", "need"] {
        assert_eq!(english::stem(word), word);
    }
}

#[test]
fn particles_go_only_where_they_can_stand() {
    for (word, rest) in [
        ("회담을", Some("회담")),
        ("외교부에서는", Some("외교부")),
        ("정부는", Some("정부")),
        ("도로", None),
        ("서울로", Some("서울")),
        ("부산으로", Some("부산")),
        ("이의", None),
        ("장관이", Some("장관")),
        ("나이가", Some("나이")),
        ("회의", None),
        ("가을을", Some("가을")),
    ] {
        assert_eq!(particles::stem(word), rest, "{word}");
    }
}

#[test]
fn half_typed_syllables_are_taken_apart() {
    assert_eq!(hangul::without_final('굡'), Some(('교', '\u{1107}')));
    assert_eq!(hangul::without_final('닭'), Some(('달', '\u{1100}')));
    assert_eq!(hangul::without_final('교'), None);
    assert_eq!([hangul::closed("직하"), hangul::closed("직항")], ["직핳", "직항"]);
    assert_eq!(hangul::initial('외'), Some('\u{110b}'));
    assert_eq!(hangul::with_initial('\u{1107}'), Some(('바', '빟')));
    assert_eq!(hangul::keys("외교"), b"dhlry");
}
