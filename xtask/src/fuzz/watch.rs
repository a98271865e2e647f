//! Watches from a thread of its own for what the fed thread cannot tell itself: that it hangs, or takes too much memory.

use super::now;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Resident memory past which an input is a failure, in bytes.
const MOST: u64 = 500 << 20;

pub struct Watch {
    shared: Arc<Shared>,
    pub stopwatch: Stopwatch,
}

#[derive(Default)]
struct Shared {
    /// The input being tried, and what the stopwatch said when it began.
    current: Mutex<Option<(String, Duration)>>,
    most: AtomicU64,
    stopped: AtomicBool,
}

impl Watch {
    /// Begins to watch the thread that calls. When an input hangs for longer than `patience`, it is kept in `found` and the program ends.
    pub fn start(found: PathBuf, target: &'static str, patience: Duration) -> Self {
        let shared = Arc::new(Shared::default());
        let watched = Arc::clone(&shared);
        let stopwatch = Stopwatch::of_this_thread();
        let watch = Self { shared, stopwatch: stopwatch.clone() };
        thread::spawn(move || {
            while !watched.stopped.load(Ordering::Relaxed) {
                let memory = resident();
                watched.most.fetch_max(memory, Ordering::Relaxed);
                if let Ok(current) = watched.current.lock()
                    && let Some((input, since)) = &*current
                {
                    let hangs = stopwatch.spent().saturating_sub(*since) > patience;
                    if hangs || memory > MOST {
                        let problem = if hangs { "hangs".to_owned() } else { format!("takes {} MiB", memory >> 20) };
                        eprintln!("{target}: {problem}\n{}", keep(&found, target, input));
                        std::process::exit(1);
                    }
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        watch
    }

    pub fn begin(&self, input: &str) {
        if let Ok(mut current) = self.shared.current.lock() {
            *current = Some((input.to_owned(), self.stopwatch.spent()));
        }
    }

    pub fn end(&self) {
        if let Ok(mut current) = self.shared.current.lock() {
            *current = None;
        }
    }

    pub fn stop(&self) {
        self.shared.most.fetch_max(resident(), Ordering::Relaxed);
        self.shared.stopped.store(true, Ordering::Relaxed);
    }

    /// The most memory seen, in bytes.
    pub fn most(&self) -> u64 {
        self.shared.most.load(Ordering::Relaxed)
    }
}

/// Resident memory in bytes; 0 where the system does not tell. Linux counts in pages, of 4 KiB where this runs.
fn resident() -> u64 {
    let statm = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or(0) * 4096
}

/// Tells how long one thread has been computing; how long it has been, where the system does not tell. A busy machine
/// would make any input look slow.
#[derive(Clone)]
pub struct Stopwatch {
    statistics: Option<PathBuf>,
    begun: Instant,
}

impl Stopwatch {
    /// Of the thread that calls.
    pub fn of_this_thread() -> Self {
        let thread = fs::read_link("/proc/thread-self").ok();
        Self { statistics: thread.map(|thread| Path::new("/proc").join(thread).join("schedstat")), begun: now() }
    }

    pub fn spent(&self) -> Duration {
        let statistics = self.statistics.as_ref().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok());
        nanoseconds.map_or_else(|| self.begun.elapsed(), Duration::from_nanos)
    }
}

/// Writes an input down and says where.
pub fn keep(folder: &Path, target: &str, input: &str) -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let path = folder.join(format!("{target}-{:016x}", hasher.finish()));
    match fs::create_dir_all(folder).and_then(|()| fs::write(&path, input)) {
        Ok(()) => format!("the input is kept in {}", path.display()),
        Err(why) => format!("the input could not be kept in {}: {why}\n{input}", path.display()),
    }
}
