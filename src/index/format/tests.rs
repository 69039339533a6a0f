use super::{Leaf, LeafWriter, Tree, VERSION, decode_value, encode_value, read_leaf, values};

#[test]
fn values_come_back_as_they_were() {
    let word =
        |head: &[u32], title, count| values::Word { head: head.to_vec(), title, count }.payload();
    let gaps = |places: &[u32]| {
        let mut bytes = Vec::new();
        values::put_gaps(&mut bytes, places);
        bytes
    };
    for (tree, mentions) in [
        (
            Tree::Words,
            vec![
                (0, word(&[], 0, 1)),
                (7, word(&[0, 3, 256], 5, 0)),
                (8, word(&[9], 1, 15)),
                (90_000, word(&[], 0, 3)),
            ],
        ),
        (Tree::Words, vec![(5, word(&[2], 7, 0))]),
        (Tree::Positions, vec![(1, gaps(&[0, 1, 500])), (3, gaps(&[77]))]),
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
    let mut writer = LeafWriter::new("ko", Tree::Words);
    let keys: Vec<String> = (0..500).map(|number| format!("가나{number:04}")).collect();
    let mut pieces: Vec<_> =
        keys.iter().filter_map(|key| writer.push(key, key.as_bytes())).collect();
    let (last, leaves) = writer.finish();
    pieces.extend(last);
    assert_eq!(leaves.len(), pieces.len());
    assert!(pieces.len() > 5);
    let read: Vec<String> = pieces
        .iter()
        .flat_map(|piece| read_leaf(Tree::Words, &piece.bytes).unwrap())
        .map(|(key, value)| {
            assert_eq!(key.as_bytes(), value);
            key
        })
        .collect();
    assert_eq!(read, keys);
    assert_eq!(read_leaf(Tree::Ends, &pieces[0].bytes), None);
    assert_eq!(read_leaf(Tree::Words, &[VERSION, b'w', 0, 9, 1]), None);
}

#[test]
fn a_root_names_all() {
    let leaf = |first: &str| Leaf { first: first.to_owned(), hash: 0x0102_0304, size: 7 };
    let words = [leaf("가"), leaf("가나"), leaf("하")];
    let days = [Leaf { size: 0, ..leaf("2024-01") }];
    let contents = super::Contents {
        lang: "ko",
        count: 300,
        segments: &[1, 2, 0xffff_ffff_ffff],
        trees: [&words, &words, &[], &days],
    };
    let pieces = super::root(&contents);
    assert_eq!(pieces.len(), 2);
    let root = super::read_root(&pieces[1].bytes).unwrap();
    assert_eq!((root.count, root.segments.as_slice()), (300, contents.segments));
    assert_eq!(root.trees[0].entries[1].first, "가나");
    assert_eq!(super::page_name(&root.trees[1].entries[0], "ko", Tree::Positions), pieces[0].name);
    assert_eq!(super::read_page(Tree::Positions, &pieces[0].bytes), Some(words.to_vec()));
    assert_eq!(root.trees[3].entries, days);
}
