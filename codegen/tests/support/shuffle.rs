//! JSON text with keys in random order.

use std::fmt::Write as _;

use serde_json::Value;

/// The value as JSON, with the keys of each object in an order that follows from the seed.
pub(crate) fn shuffled(value: &Value, seed: u64) -> String {
    let mut text = String::new();
    write(value, &mut Numbers(seed), &mut text);
    text
}

fn write(value: &Value, numbers: &mut Numbers, text: &mut String) {
    match value {
        Value::Object(object) => {
            let mut members: Vec<_> = object.iter().map(|member| (numbers.next(), member)).collect();
            members.sort_by_key(|(number, _)| *number);
            text.push('{');
            for (index, (_, (key, member))) in members.into_iter().enumerate() {
                let comma = if index > 0 { "," } else { "" };
                write!(text, "{comma}{}:", Value::from(key.as_str())).unwrap();
                write(member, numbers, text);
            }
            text.push('}');
        }
        Value::Array(array) => {
            text.push('[');
            for (index, element) in array.iter().enumerate() {
                text.push_str(if index > 0 { "," } else { "" });
                write(element, numbers, text);
            }
            text.push(']');
        }
        plain => write!(text, "{plain}").unwrap(),
    }
}

/// Numbers in no order: `SplitMix64`.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
