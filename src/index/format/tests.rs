use super::{
    Leaf, LeafWriter, Tree, VERSION, decode_value, encode_value, places_name, read_leaf, values,
};

#[test]
fn values_come_back_as_they_were() {
    let word = |head: &[u32], title, count, places: &[u32]| {
        values::Word { head: head.to_vec(), title, count, places: places.to_vec() }.payload()
    };
    for (tree, mentions) in [
        (
            Tree::Words,
            vec![
                (0, word(&[], 0, 1, &[700])),
                (7, word(&[0, 3, 256], 5, 0, &[])),
                (8, word(&[9], 1, 15, &(0..20).collect::<Vec<u32>>())),
                (90_000, word(&[], 0, 2, &[4, 5])),
            ],
        ),
        (Tree::Words, vec![(3, word(&[], 0, 1, &[])), (5, word(&[2], 7, 3, &[9]))]),
        (Tree::Words, vec![(3, word(&[], 0, 1, &[]))]),
        (Tree::Ends, vec![(0, Vec::new()), (40, Vec::new())]),
        (Tree::Days, vec![(10, vec![0]), (11, vec![3]), (12, vec![3]), (13, vec![31])]),
    ] {
        let borrowed: Vec<(u32, &[u8])> =
            mentions.iter().map(|(number, bytes)| (*number, bytes.as_slice())).collect();
        let value = encode_value(tree, &borrowed);
        assert_eq!(decode_value(tree, &value), Some(mentions), "{tree:?}");
    }
}

#[test]
fn leaves_hold_their_keys() {
    let value = |key: &String| {
        let number = key.bytes().map(u32::from).sum();
        let word = values::Word { count: 1, places: vec![number], ..values::Word::default() };
        encode_value(Tree::Words, &[(number, &word.payload())])
    };
    let mut writer = LeafWriter::new("ko", Tree::Words);
    let keys: Vec<String> = (0..3_000).map(|number| format!("가나{number:04}")).collect();
    let mut pieces: Vec<_> = keys.iter().flat_map(|key| writer.push(key, &value(key))).collect();
    let (last, leaves) = writer.finish();
    pieces.extend(last);
    assert_eq!(pieces.len(), 2 * leaves.len());
    assert!(leaves.len() > 5);
    let mut read = Vec::new();
    for pair in pieces.chunks(2) {
        let [places, leaf] = pair else { panic!("a leaf without places") };
        assert_eq!(places_name("ko", Tree::Words, &leaf.bytes).as_ref(), Some(&places.name));
        for (key, found) in read_leaf(Tree::Words, &leaf.bytes, &places.bytes).unwrap() {
            assert_eq!(found, value(&key));
            read.push(key);
        }
    }
    assert_eq!(read, keys);
    assert_eq!(read_leaf(Tree::Ends, &pieces[1].bytes, &[]), None);
    assert_eq!(read_leaf(Tree::Words, &[VERSION, b'w', 0, 9, 1, 2, 3, 4], &[]), None);
}

#[test]
fn a_root_names_all() {
    let leaf = |first: &str| Leaf { first: first.to_owned(), hash: 0x0102_0304 };
    let many: Vec<Leaf> = (0..700).map(|number| leaf(&format!("{number:04}"))).collect();
    let words = [leaf("가"), leaf("가나"), leaf("하")];
    let days = [leaf("2024-01")];
    let contents = super::Contents {
        lang: "ko",
        count: 300,
        segments: &[1, 2, 0xffff_ffff_ffff],
        trees: [&words, &many, &days],
    };
    let pieces = super::root(&contents);
    assert_eq!(pieces.len(), 9);
    let root = super::read_root(&pieces[8].bytes).unwrap();
    assert_eq!((root.count, root.segments.as_slice()), (300, contents.segments));
    assert_eq!(root.trees[0].entries, words);
    assert!(root.trees[1].paged);
    assert_eq!(super::page_name(&root.trees[1].entries[1], "ko", Tree::Ends), pieces[1].name);
    assert_eq!(super::read_page(Tree::Ends, &pieces[1].bytes).as_deref(), Some(&many[96..192]));
    assert_eq!(root.trees[2].entries, days);
}
