use serde::{Deserialize, Serialize};

use super::text;

/// A country by its two capital letters (ISO 3166-1), such as `DE`.
///
/// Servers reject codes that their libraries do not know. Values of responses are kept unchecked.
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

text!(Country, "country", |text: &str| is_code(text, 2), "expected two capital letters, such as DE");

/// A currency by its three capital letters (ISO 4217), such as `EUR`.
///
/// Servers reject codes that their libraries do not know. Values of responses are kept unchecked.
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

text!(Currency, "currency", |text: &str| is_code(text, 3), "expected three capital letters, such as EUR");

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
    fn responses_are_kept_unchecked() {
        let country: Country = serde_json::from_str("\"xk\"").unwrap();
        assert_eq!(serde_json::to_string(&country).unwrap(), "\"xk\"");
        let currency: Currency = serde_json::from_str("\"\"").unwrap();
        assert_eq!(serde_json::to_string(&currency).unwrap(), "\"\"");
    }
}
