use serde::{Deserialize, Serialize};

use super::text;

/// A country by its two capital letters (ISO 3166-1), such as `DE`.
///
/// Which ones a server knows depends on its libraries; an unknown one gives 400. Answers are kept as they are.
///
/// ```
/// use generated_client::Country;
///
/// let country: Country = "DE".parse()?;
/// assert_eq!(country.as_str(), "DE");
/// assert!("Germany".parse::<Country>().is_err());
/// # Ok::<(), generated_client::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Country(String);

text!(Country, "country", |text: &str| is_code(text, 2), "two capital letters are expected, such as DE");

/// A currency by its three capital letters (ISO 4217), such as `EUR`.
///
/// Which ones a server knows depends on its libraries; an unknown one gives 400. Answers are kept as they are.
///
/// ```
/// use generated_client::Currency;
///
/// let currency: Currency = "EUR".parse()?;
/// assert_eq!(currency.to_string(), "EUR");
/// assert!("eur".parse::<Currency>().is_err());
/// # Ok::<(), generated_client::ValueError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(String);

text!(Currency, "currency", |text: &str| is_code(text, 3), "three capital letters are expected, such as EUR");

fn is_code(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_capital_letters() {
        for code in ["DE", "US", "CH"] {
            assert_eq!(code.parse::<Country>().unwrap().as_str(), code);
        }
        for text in ["", "D", "de", "DEU", "D1", "Ä", " DE"] {
            assert!(text.parse::<Country>().is_err(), "{text:?}");
        }
        for text in ["", "EU", "eur", "EURO", "€"] {
            assert!(text.parse::<Currency>().is_err(), "{text:?}");
        }
        assert_eq!(format!("{:?}", Country::try_from("DE").unwrap()), "Country(DE)");
    }

    #[test]
    fn answers_are_kept_as_they_are() {
        let country: Country = serde_json::from_str("\"xk\"").unwrap();
        assert_eq!(serde_json::to_string(&country).unwrap(), "\"xk\"");
        let currency: Currency = serde_json::from_str("\"\"").unwrap();
        assert_eq!(serde_json::to_string(&currency).unwrap(), "\"\"");
    }
}
