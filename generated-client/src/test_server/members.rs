//! The members of teams.

/// Users and whether they lead the team, in the order in which they were added.
#[derive(Clone, Debug, Default)]
pub(super) struct Members(Vec<(u64, bool)>);

impl Members {
    /// Whether a user leads the team; none if the user is not in it.
    pub(super) fn get(&self, user: u64) -> Option<bool> {
        self.iter().find(|(known, _)| *known == user).map(|(_, is_lead)| is_lead)
    }

    pub(super) fn contains(&self, user: u64) -> bool {
        self.get(user).is_some()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, bool)> {
        self.0.iter().copied()
    }

    /// Adds a user, or replaces what is known of one. Returns what was known.
    pub(super) fn insert(&mut self, user: u64, is_lead: bool) -> Option<bool> {
        if let Some((_, known)) = self.0.iter_mut().find(|(known, _)| *known == user) {
            return Some(std::mem::replace(known, is_lead));
        }
        self.0.push((user, is_lead));
        None
    }

    pub(super) fn remove(&mut self, user: u64) -> Option<bool> {
        let position = self.0.iter().position(|(known, _)| *known == user)?;
        Some(self.0.remove(position).1)
    }
}

impl FromIterator<(u64, bool)> for Members {
    fn from_iter<I: IntoIterator<Item = (u64, bool)>>(members: I) -> Self {
        let mut all = Self::default();
        for (user, is_lead) in members {
            all.insert(user, is_lead);
        }
        all
    }
}

impl<const N: usize> From<[(u64, bool); N]> for Members {
    fn from(members: [(u64, bool); N]) -> Self {
        members.into_iter().collect()
    }
}
