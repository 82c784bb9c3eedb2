//! The colors of projects.

/// Red, green and blue.
pub(crate) type Rgb = (u8, u8, u8);

/// What is left of the projects with the fewest hours.
pub(crate) const REST: Rgb = (0xbb, 0xbb, 0xbb);

/// Colors that people with color blindness can tell apart: 'bright' and 'muted' of Paul Tol.
const PALETTE: [Rgb; 9] = [
    (0x44, 0x77, 0xaa),
    (0xee, 0x66, 0x77),
    (0x22, 0x88, 0x33),
    (0xcc, 0xbb, 0x44),
    (0x66, 0xcc, 0xee),
    (0xaa, 0x33, 0x77),
    (0x33, 0x22, 0x88),
    (0x99, 0x99, 0x33),
    (0x88, 0x22, 0x55),
];

/// How many projects have a color of their own.
pub(crate) const COUNT: usize = PALETTE.len();

/// Colors for projects: their own ones where they can be told apart, and those of the palette for the others.
pub(crate) fn choose(own: &[Option<Rgb>]) -> Vec<Rgb> {
    let mut kept: Vec<Rgb> = Vec::new();
    let mut chosen: Vec<Option<Rgb>> = Vec::new();
    for color in own {
        let color = color.filter(|color| is_visible(*color) && nearest(*color, &kept) >= 60);
        kept.extend(color);
        chosen.push(color);
    }
    // First those that are least like the colors of other projects.
    let (mut far, near): (Vec<Rgb>, Vec<Rgb>) = PALETTE.iter().partition(|color| nearest(**color, &kept) >= 240);
    far.extend(near);
    let mut free = far.into_iter();
    chosen.into_iter().map(|color| color.or_else(|| free.next()).unwrap_or(REST)).collect()
}

/// Whether a color is visible on white.
fn is_visible(color: Rgb) -> bool {
    distance(color, (255, 255, 255)) >= 60
}

fn nearest(color: Rgb, others: &[Rgb]) -> u32 {
    others.iter().map(|other| distance(color, *other)).min().unwrap_or(u32::MAX)
}

/// How different two colors are: the sum of the differences of their parts.
fn distance(one: Rgb, other: Rgb) -> u32 {
    let part = |one: u8, other: u8| u32::from(one.abs_diff(other));
    part(one.0, other.0) + part(one.1, other.1) + part(one.2, other.2)
}
