//! Hanja as they stand in titles of the press.

/// Reading, and the name where the sign stands for a country.
const SIGNS: [(char, char, &str); 62] = [
    ('美', '미', "미국"),
    ('中', '중', "중국"),
    ('日', '일', "일본"),
    ('北', '북', "북한"),
    ('韓', '한', "한국"),
    ('英', '영', "영국"),
    ('佛', '불', "프랑스"),
    ('獨', '독', "독일"),
    ('露', '러', "러시아"),
    ('印', '인', "인도"),
    ('越', '월', "베트남"),
    ('泰', '태', "태국"),
    ('伊', '이', "이탈리아"),
    ('濠', '호', "호주"),
    ('蘭', '란', "네덜란드"),
    ('臺', '대', "대만"),
    ('台', '대', "대만"),
    ('加', '가', "캐나다"),
    ('比', '비', "필리핀"),
    ('墨', '묵', "멕시코"),
    ('南', '남', ""),
    ('東', '동', ""),
    ('西', '서', ""),
    ('前', '전', ""),
    ('新', '신', ""),
    ('與', '여', ""),
    ('野', '야', ""),
    ('黨', '당', ""),
    ('檢', '검', ""),
    ('警', '경', ""),
    ('軍', '군', ""),
    ('大', '대', ""),
    ('對', '대', ""),
    ('外', '외', ""),
    ('內', '내', ""),
    ('國', '국', ""),
    ('長', '장', ""),
    ('相', '상', ""),
    ('會', '회', ""),
    ('談', '담', ""),
    ('反', '반', ""),
    ('親', '친', ""),
    ('說', '설', ""),
    ('故', '고', ""),
    ('人', '인', ""),
    ('億', '억', ""),
    ('萬', '만', ""),
    ('千', '천', ""),
    ('年', '년', ""),
    ('月', '월', ""),
    ('靑', '청', ""),
    ('政', '정', ""),
    ('文', '문', ""),
    ('訪', '방', ""),
    ('核', '핵', ""),
    ('戰', '전', ""),
    ('和', '화', ""),
    ('平', '평', ""),
    ('議', '의', ""),
    ('首', '수', ""),
    ('腦', '뇌', ""),
    ('民', '민', ""),
];

fn sign(letter: char) -> Option<&'static (char, char, &'static str)> {
    // Most letters are none, and each one is asked for.
    if !('\u{4e00}'..='\u{9fff}').contains(&letter) {
        return None;
    }
    SIGNS.iter().find(|(sign, ..)| *sign == letter)
}

/// How a sign is read. Only signs of the list have one: others stay what they are.
pub(super) fn reading(letter: char) -> Option<char> {
    sign(letter).map(|(_, reading, _)| *reading)
}

/// The country for which a sign stands.
pub(in crate::index) fn country(letter: char) -> Option<&'static str> {
    sign(letter).map(|(.., country)| *country).filter(|country| !country.is_empty())
}
