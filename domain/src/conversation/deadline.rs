//! When the time to answer is up.

use crate::time::Timestamp;

/// How long after a deadline an answer still counts, in milliseconds: it was sent while the clock on the page ran, and then
/// took its time to arrive.
pub const GRACE: i64 = 2 * Timestamp::SECOND;

/// Whether an answer that arrives at `now` comes too late, so that silence was the answer.
#[must_use]
pub fn is_late(deadline: Timestamp, now: Timestamp) -> bool {
    now.since(deadline) > GRACE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_may_take_two_seconds_to_arrive() {
        let deadline = Timestamp(1_000_000);
        for (after, late) in [(i64::MIN, false), (-1, false), (0, false), (1_999, false), (2_000, false), (2_001, true)]
        {
            assert_eq!(is_late(deadline, deadline.plus(after)), late, "{after}");
        }
    }
}
