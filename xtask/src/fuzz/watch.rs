//! Watches from a thread of its own for what the fed thread cannot tell itself: that it hangs, or takes too much memory.

use super::now;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

/// Resident memory past which an input is a failure, in bytes.
const MOST: u64 = 500 << 20;

pub struct Watch {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// The input being tried, and since when.
    current: Mutex<Option<(String, Instant)>>,
    most: AtomicU64,
    stopped: AtomicBool,
}

impl Watch {
    /// Begins to watch. When an input hangs for longer than `patience`, it is kept in `found` and the program ends.
    pub fn start(found: PathBuf, target: &'static str, patience: Duration) -> Self {
        let shared = Arc::new(Shared::default());
        let watched = Arc::clone(&shared);
        thread::spawn(move || {
            while !watched.stopped.load(Ordering::Relaxed) {
                let memory = resident();
                watched.most.fetch_max(memory, Ordering::Relaxed);
                if let Ok(current) = watched.current.lock()
                    && let Some((input, since)) = &*current
                {
                    let hangs = since.elapsed() > patience;
                    if hangs || memory > MOST {
                        let problem = if hangs { "hangs".to_owned() } else { format!("takes {} MiB", memory >> 20) };
                        eprintln!("{target}: {problem}\n{}", keep(&found, target, input));
                        std::process::exit(1);
                    }
                }
                thread::sleep(Duration::from_millis(100));
            }
        });
        Self { shared }
    }

    pub fn begin(&self, input: &str) {
        if let Ok(mut current) = self.shared.current.lock() {
            *current = Some((input.to_owned(), now()));
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

/// Time that this thread has spent computing; time passed where the system does not tell. A busy machine would make any
/// input look slow.
pub fn spent() -> Duration {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.get_or_init(now).elapsed(), Duration::from_nanos)
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
