//! Turns: of the attempts at one account that arrive at once, each waits for the one before.
//!
//! An attempt counts as failed until it is judged. Ten people who sign in with one account in the same moment would
//! otherwise be taken for ten failures.

use futures::lock::{Mutex, OwnedMutexGuard};
use std::collections::HashMap;
use std::sync::{Arc, Mutex as Blocking, Weak};

/// Who is at it, by what attempts are counted under.
#[derive(Debug, Default)]
pub struct Turns {
    waiting: Blocking<HashMap<[u8; 32], Weak<Mutex<()>>>>,
}

impl Turns {
    /// Waits for this key's turn, which ends when what is given back is dropped.
    pub async fn wait(&self, key: [u8; 32]) -> OwnedMutexGuard<()> {
        self.of(key).lock_owned().await
    }

    fn of(&self, key: [u8; 32]) -> Arc<Mutex<()>> {
        let Ok(mut waiting) = self.waiting.lock() else { return Arc::default() };
        if let Some(turn) = waiting.get(&key).and_then(Weak::upgrade) {
            return turn;
        }
        waiting.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        waiting.insert(key, Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::FutureExt as _;

    #[test]
    fn one_at_a_time_for_each_key_and_nothing_is_left_behind() {
        let turns = Turns::default();
        let first = turns.wait([1; 32]).now_or_never().expect("nobody is before");
        assert!(turns.wait([1; 32]).now_or_never().is_none());
        let other = turns.wait([2; 32]).now_or_never().expect("another key, another turn");
        drop(first);
        drop(turns.wait([1; 32]).now_or_never().expect("the first is done"));
        drop(other);
        drop(turns.wait([3; 32]).now_or_never());
        assert_eq!(turns.waiting.lock().unwrap().len(), 1);
    }
}
