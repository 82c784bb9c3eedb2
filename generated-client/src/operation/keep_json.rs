use serde_json::Value;

use super::{HttpRequest, HttpResponse, Method, Operation, Paged};
use crate::Release;
use crate::error::{DecodeError, InvalidRequest};
use crate::history::History;
use crate::paging::Page;
use crate::with_json::WithJson;

/// An operation that returns its response with the JSON it was read from; see
/// [`Request::with_json`](crate::Request::with_json).
#[derive(Clone, Debug)]
pub struct KeepJson<O>(O);

/// A list whose items come with the JSON they were read from; see
/// [`Request::items_with_json`](crate::Request::items_with_json).
#[derive(Clone, Debug)]
pub struct KeepItemJson<O>(O);

impl<O> KeepJson<O> {
    pub(crate) fn new(operation: O) -> Self {
        Self(operation)
    }
}

impl<O> KeepItemJson<O> {
    pub(crate) fn new(operation: O) -> Self {
        Self(operation)
    }
}

impl<O: Operation> Operation for KeepJson<O> {
    type Output = WithJson<O::Output>;

    constants_of_wrapped!();

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        self.0.request()
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        let value = O::decode(response)?;
        // Operations without a declared response are read in this way too: an answer in text must not be an error.
        let json = response.value()?.unwrap_or(Value::Null);
        Ok(WithJson { value, json })
    }
}

impl<O: Paged> Operation for KeepItemJson<O> {
    type Output = Page<WithJson<O::Item>>;

    constants_of_wrapped!();

    fn request(&self) -> Result<HttpRequest, InvalidRequest> {
        self.0.request()
    }

    fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
        let page = O::decode(response)?;
        let values: Vec<Value> = response.json()?;
        let (items, elements) = (page.items.len(), values.len());
        if items != elements {
            return Err(DecodeError::new(format!("{items} items were read from a list of {elements} elements")));
        }
        let items = page.items.into_iter().zip(values).map(|(value, json)| WithJson { value, json }).collect();
        Ok(Page { items, page: page.page, total: page.total, pages: page.pages, per_page: page.per_page })
    }
}

impl<O: Paged> Paged for KeepItemJson<O> {
    type Item = WithJson<O::Item>;

    fn at_page(self, page: u32) -> Self {
        Self(self.0.at_page(page))
    }

    fn page_number(&self) -> u32 {
        self.0.page_number()
    }

    fn id(item: &Self::Item) -> Option<u64> {
        O::id(&item.value)
    }
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;
    use reqwest::header::HeaderMap;
    use serde_json::json;

    use super::*;
    use crate::operation::Info;

    /// A list that leaves out items that it cannot read.
    #[derive(Clone)]
    struct Numbers(u32);

    impl Operation for Numbers {
        type Output = Page<u64>;
        const NAME: &'static str = "numbers.list";
        const METHOD: Method = Method::GET;
        const PATH: &'static str = "/api/numbers";
        const PERMISSIONS: &'static [&'static [&'static str]] = &[&["view_numbers"]];
        const INTERNAL: bool = true;
        const DEPRECATED: bool = true;
        const PLUGIN: bool = true;
        const WRITES: bool = true;
        const HISTORY: &'static History = &History::new(&[crate::history::Span::since([2, 1, 0])]);

        fn request(&self) -> Result<HttpRequest, InvalidRequest> {
            let mut request = HttpRequest::new(Self::METHOD, &[&"numbers"])?;
            request.query("page", Some(self.0));
            Ok(request)
        }

        fn decode(response: &HttpResponse) -> Result<Self::Output, DecodeError> {
            let page = response.page::<Value>()?;
            let items: Vec<u64> = page.items.iter().filter_map(Value::as_u64).collect();
            Ok(Page { items, page: page.page, total: page.total, pages: page.pages, per_page: page.per_page })
        }
    }

    impl Paged for Numbers {
        type Item = u64;

        fn at_page(self, page: u32) -> Self {
            Self(page)
        }

        fn page_number(&self) -> u32 {
            self.0
        }

        fn id(item: &u64) -> Option<u64> {
            Some(*item)
        }
    }

    fn response(body: &str) -> HttpResponse {
        let headers = [("x-page", "2"), ("x-total-count", "9"), ("x-total-pages", "3"), ("x-per-page", "4")];
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name, value.parse().unwrap());
        }
        HttpResponse::new(StatusCode::OK, map, body.to_owned())
    }

    #[test]
    fn the_properties_of_the_operation_stay() {
        assert!(Info::of::<Numbers>().plugin);
        assert_eq!(Info::of::<KeepJson<Numbers>>(), Info::of::<Numbers>());
        assert_eq!(Info::of::<KeepItemJson<Numbers>>(), Info::of::<Numbers>());
        assert_eq!(Info::of::<super::super::Raw<Numbers>>(), Info::of::<Numbers>());
        assert_eq!(KeepJson::<Numbers>::SINCE, Some(Release::new(2, 1, 0)));
    }

    #[test]
    fn pages_keep_their_totals_and_ids() {
        let list = KeepItemJson::new(Numbers(2)).at_page(3);
        assert_eq!(
            (list.page_number(), list.request().unwrap().path_and_query()),
            (3, "/api/numbers?page=3".to_owned())
        );
        let page = KeepItemJson::<Numbers>::decode(&response("[5,6]")).unwrap();
        assert_eq!((page.page, page.total, page.pages, page.per_page), (Some(2), Some(9), Some(3), Some(4)));
        assert_eq!(page.items[1], WithJson { value: 6, json: json!(6) });
        assert_eq!(KeepItemJson::<Numbers>::id(&page.items[1]), Some(6));
    }

    #[test]
    fn items_without_their_own_json_are_an_error() {
        let error = KeepItemJson::<Numbers>::decode(&response(r#"[5,"x",6]"#)).unwrap_err();
        assert_eq!(error.to_string(), "the response could not be decoded: 2 items were read from a list of 3 elements");
    }
}
