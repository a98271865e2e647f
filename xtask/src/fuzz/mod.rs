//! Feeds the readers with files that nobody would write: nothing may panic, hang, grow, or contradict itself.
//!
//! Every target begins with its corpus (`fuzz/corpus/TARGET`, the shipped courses, the test fixtures), then mutates it
//! until its time is up. What shows a new shape joins the corpus in memory. What breaks a check is written to
//! `fuzz/found/`; once mended it belongs into the corpus.

mod checks;
mod mutate;
mod random;
mod targets;
mod watch;

use self::{random::Random, targets::Target, watch::Watch};
use std::{
    collections::HashSet,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Mutex,
    time::{Duration, Instant},
};

/// An input that takes longer is a failure.
const SLOW: Duration = Duration::from_secs(2);

/// At most so many inputs are kept beside the corpus.
const POOL: usize = 3000;

/// What was asked for.
pub struct Options {
    target: Option<&'static str>,
    time: Duration,
    seed: u64,
}

impl Options {
    /// Reads the words behind `fuzz`.
    pub fn parse(words: &[&str]) -> Result<Self, String> {
        let mut options = Self { target: None, time: Duration::from_secs(600), seed: 1 };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
            let number = || value.parse().map_err(|_| format!("{word} {value}: not a whole number"));
            match *word {
                "--target" if *value == "all" => options.target = None,
                "--target" => {
                    let known = targets::ALL.iter().find(|target| target.name == *value);
                    options.target = Some(known.ok_or_else(|| format!("there is no target {value}"))?.name);
                }
                "--seconds" => options.time = Duration::from_secs(number()?),
                "--seed" => options.seed = number()?,
                _ => return Err(format!("there is no option {word}")),
            }
        }
        Ok(options)
    }
}

/// Says how much was tried, or what broke. The time is shared by the targets.
pub fn run(options: &Options) -> Result<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let chosen: Vec<&Target> =
        targets::ALL.iter().filter(|target| options.target.is_none_or(|name| name == target.name)).collect();
    let each = options.time / u32::try_from(chosen.len()).unwrap_or(1);
    let mut said = Vec::new();
    for target in chosen {
        said.push(Run::new(target, &root, options.seed)?.go(each)?);
    }
    Ok(said.join("\n"))
}

#[expect(clippy::disallowed_methods, reason = "how long something takes, and nothing else, hangs on it")]
fn now() -> Instant {
    Instant::now()
}

/// What the last panic said.
static SAID: Mutex<String> = Mutex::new(String::new());

struct Run {
    target: &'static Target,
    root: PathBuf,
    random: Random,
    pool: Vec<String>,
    corpus: usize,
    shapes: HashSet<u64>,
    watch: Watch,
}

impl Run {
    fn new(target: &'static Target, root: &Path, seed: u64) -> Result<Self, String> {
        let mut pool = Vec::new();
        files(&root.join("fuzz/corpus").join(target.name), None, &mut pool)?;
        for folder in target.seeds {
            files(&root.join(folder), Some(target.ending), &mut pool)?;
        }
        let watch = Watch::start(root.join("fuzz/found"), target.name, SLOW * 5);
        let corpus = pool.len();
        let (random, shapes) = (Random::new(seed), HashSet::new());
        Ok(Self { target, root: root.to_owned(), random, pool, corpus, shapes, watch })
    }

    fn go(mut self, time: Duration) -> Result<String, String> {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|info| {
            if let Ok(mut said) = SAID.lock() {
                *said = info.to_string();
            }
        }));
        let outcome = self.feed(time);
        std::panic::set_hook(hook);
        self.watch.stop();
        let inputs = outcome?;
        let (name, corpus) = (self.target.name, self.corpus);
        let (shapes, mebibytes) = (self.shapes.len(), self.watch.most() >> 20);
        Ok(format!("{name}: {inputs} inputs from {corpus} files, {shapes} shapes, at most {mebibytes} MiB, none broke"))
    }

    /// Tries inputs until the time is up; gives how many.
    fn feed(&mut self, time: Duration) -> Result<u64, String> {
        let begun = now();
        for at in 0..self.corpus {
            let input = self.pool[at].clone();
            let _ = self.try_one(&input)?;
        }
        let mut inputs = u64::try_from(self.corpus).unwrap_or(0);
        if self.pool.is_empty() {
            self.pool.push(String::new());
        }
        while begun.elapsed() < time {
            let (one, two) = (self.random.below(self.pool.len()), self.random.below(self.pool.len()));
            let input = mutate::mutate(&mut self.random, &self.pool[one], &self.pool[two], self.target.words);
            inputs += 1;
            if self.try_one(&input)? {
                if self.pool.len() < self.corpus + POOL {
                    self.pool.push(input);
                } else {
                    let at = self.corpus + self.random.below(POOL);
                    self.pool[at] = input;
                }
            }
        }
        Ok(inputs)
    }

    /// Whether the input shows something new; what is wrong with it is kept and told.
    fn try_one(&mut self, input: &str) -> Result<bool, String> {
        self.watch.begin(input);
        let begun = self.watch.stopwatch.spent();
        let check = self.target.check;
        let outcome = catch_unwind(AssertUnwindSafe(|| check(input)));
        let took = self.watch.stopwatch.spent().saturating_sub(begun);
        self.watch.end();
        let problem = match outcome {
            Ok(Ok(_)) if took > SLOW => format!("took {:.1} s", took.as_secs_f32()),
            Ok(Ok(shape)) => return Ok(self.shapes.insert(shape)),
            Ok(Err(broken)) => broken,
            Err(_) => SAID.lock().map(|said| said.clone()).unwrap_or_default(),
        };
        let kept = watch::keep(&self.root.join("fuzz/found"), self.target.name, input);
        Err(format!("{}: {problem}\n{kept}", self.target.name))
    }
}

/// Reads the files below a folder in the order of their names; only those of an ending, if one is given.
fn files(folder: &Path, ending: Option<&str>, into: &mut Vec<String>) -> Result<(), String> {
    let cannot = |why: std::io::Error| format!("{}: {why}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(cannot)? {
        paths.push(entry.map_err(cannot)?.path());
    }
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, ending, into)?;
        } else if ending.is_none_or(|ending| path.extension().is_some_and(|it| it == ending)) {
            let bytes = fs::read(&path).map_err(|why| format!("{}: {why}", path.display()))?;
            into.push(String::from_utf8_lossy(&bytes).into_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options() {
        let options = Options::parse(&["--target", "twee", "--seconds", "3", "--seed", "7"]).ok();
        let read = options.map(|it| (it.target, it.time.as_secs(), it.seed));
        assert_eq!(read, Some((Some("twee"), 3, 7)));
        for wrong in [&["--target", "x"][..], &["--seconds"], &["--seconds", "soon"], &["--speed", "1"]] {
            assert!(Options::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    fn broken(input: &str) -> Result<u64, String> {
        assert!(!input.contains("panic"), "it panicked");
        if input.contains("wrong") { Err("it is wrong".to_owned()) } else { Ok(0) }
    }

    /// A failing check is told with its input kept in a file.
    #[test]
    fn what_breaks_is_kept() {
        static TARGET: Target = Target { name: "test", seeds: &[], ending: "", words: &["x"], check: broken };
        let root = std::env::temp_dir().join(format!("fuzz-test-{}", std::process::id()));
        for (seed, problem) in [("a panic", "it panicked"), ("a wrong one", "it is wrong")] {
            let corpus = root.join("fuzz/corpus/test");
            fs::create_dir_all(&corpus).expect("a temporary folder");
            fs::write(corpus.join("seed"), seed).expect("a temporary file");
            let said = Run::new(&TARGET, &root, 1).and_then(|run| run.go(Duration::ZERO)).expect_err("broken");
            assert!(said.contains(problem), "{said}");
            let path = said.rsplit("kept in ").next().expect("a path");
            assert_eq!(fs::read_to_string(path.trim()).expect("a kept input"), seed);
        }
        let _ = fs::remove_dir_all(root);
    }
}
