use super::client::Client;
use crate::combined::{FindOrCreate, InTurn};
use crate::error::Error;
use crate::operation::Operation;

impl<F, O, M> FindOrCreate<&Client, F, O, M>
where
    F: Operation,
    F::Output: IntoIterator<Item = O::Output>,
    O: Operation,
    M: Fn(&O::Output) -> bool,
{
    /// Sends the search, and the other request if nothing is found.
    ///
    /// # Errors
    ///
    /// Returns the errors of the two operations.
    pub fn send(self) -> Result<O::Output, Error> {
        match self.find.send()?.into_iter().find(self.is_it) {
            Some(found) => Ok(found),
            None => self.create.send(),
        }
    }
}

impl<O: Operation> InTurn<&Client, O> {
    /// Sends the requests one after another, and waits for the responses.
    ///
    /// # Errors
    ///
    /// Returns the first error of the operation.
    pub fn send(self) -> Result<Vec<O::Output>, Error> {
        self.0.into_iter().map(crate::Request::send).collect()
    }
}
