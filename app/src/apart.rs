//! Work that takes long, apart from the threads that answer requests, and a few pieces of it at a time.

use crate::failure::Failure;
use std::sync::{Condvar, Mutex, PoisonError};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;
use tokio::task;

/// Places for long work.
pub struct Places(Semaphore);

/// Reading, checking and packing whole courses and stories. One may take hundreds of megabytes, so there is one place.
pub static COURSES: Places = Places::new(1);

impl Places {
    const fn new(count: usize) -> Self {
        Self(Semaphore::const_new(count))
    }

    /// Does the work on a thread of its own, once there is a place. The place is taken until the work is done, whether
    /// anybody still waits for it or not.
    ///
    /// # Errors
    /// [`Failure::Internal`] when the work panics.
    pub async fn work<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.0.acquire().await.map_err(|_| Failure::Internal)?;
        let done = task::spawn_blocking(move || {
            let _place = place;
            work()
        });
        done.await.map_err(|_| Failure::Internal)
    }
}

/// How many pieces of work go on aside at once.
const ASIDE: usize = 2;

static BUSY: Mutex<usize> = Mutex::new(0);
static FREE: Condvar = Condvar::new();

/// A turn to work aside; it ends when this is dropped.
struct Turn;

impl Turn {
    fn take() -> Self {
        let busy = BUSY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut busy = FREE.wait_while(busy, |busy| *busy >= ASIDE).unwrap_or_else(PoisonError::into_inner);
        *busy += 1;
        Self
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        *BUSY.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        FREE.notify_one();
    }
}

/// Does work that may take longer than a millisecond in the middle of a page, which cannot wait for it as [`Places::work`]
/// does. The other requests of this thread go on in another one meanwhile. Work aside has none aside of its own.
pub fn aside<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|runtime| runtime.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => task::block_in_place(|| {
            let _turn = Turn::take();
            work()
        }),
        // A command, or a test on one thread: nobody else waits.
        _ => work(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    /// How many were at work at once, at most.
    #[derive(Default)]
    struct Most {
        now: AtomicUsize,
        most: AtomicUsize,
    }

    impl Most {
        fn work(&self) {
            let now = self.now.fetch_add(1, Ordering::SeqCst) + 1;
            self.most.fetch_max(now, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(20));
            self.now.fetch_sub(1, Ordering::SeqCst);
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_place_is_taken_until_the_work_is_done() {
        static ONE: Places = Places::new(1);
        let most = Arc::new(Most::default());
        for _ in 0..6 {
            let own = Arc::clone(&most);
            // Whoever asked goes away at once, as an aborted request does.
            let waiting = ONE.work(move || own.work());
            let _ = tokio::time::timeout(Duration::from_millis(1), waiting).await;
        }
        ONE.work(|| ()).await.unwrap();
        assert_eq!(most.most.load(Ordering::SeqCst), 1);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn work_aside_stops_nobody_and_goes_on_by_few() {
        let most = Arc::new(Most::default());
        let works: Vec<_> = (0..12)
            .map(|_| {
                let own = Arc::clone(&most);
                tokio::spawn(async move { aside(|| own.work()) })
            })
            .collect();
        // Both worker threads have work aside, and still answer.
        tokio::time::timeout(Duration::from_millis(60), tokio::spawn(async {})).await.unwrap().unwrap();
        for work in works {
            work.await.unwrap();
        }
        assert!((1..=ASIDE).contains(&most.most.load(Ordering::SeqCst)));
    }
}
