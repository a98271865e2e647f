//! Which of an author's intentions a text resembles.
//!
//! Every example sentence becomes two vectors: of its words and pairs of neighbouring words, and of the runs of three and four
//! letters in its words, which still agree where words are inflected, compounded or mistyped. A term weighs `(1 + ln tf) · ln(1 + N/df)`:
//! how often it stands in the sentence, and how few of the `N` example sentences have it; vectors are brought to length one and compared
//! by their cosine. These are the logarithmic term frequency, inverse document frequency and cosine normalisation of G. Salton and
//! C. Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing & Management 24 (5), 1988, 513–523;
//! the 1 within the second logarithm keeps a term that all examples share from vanishing. Words and runs count half each (runs of
//! letters beside words, after W. B. Cavnar and J. M. Trenkle, "N-Gram-Based Text Categorization", SDAIR 1994, 161–175).
//!
//! An intent is as similar as its nearest example, moved a quarter of the way towards the nearest of all its examples taken together:
//! one sentence said almost like an example decides, many faint resemblances help.

use super::readable;
use super::words::{Sort, words};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Below this similarity nothing is proposed.
const THRESHOLD: f64 = 0.18;
/// With less between the first two, the proposal is unsure.
const MARGIN: f64 = 0.05;
/// How much all examples of an intent together count beside the nearest one.
const TOGETHER: f64 = 0.25;

/// How much runs of letters count beside words.
const RUNS: f64 = 0.5;
/// The lengths of the runs.
const LENGTHS: [usize; 2] = [3, 4];
/// What the name of a run begins with.
const RUN: char = '#';

/// Words that say nothing about the intent. Not among them: "not", "no", "never", questions and modal verbs.
const EMPTY: &str = " a an the is are am be been being was were of to in on at for with and or so it its this that these those there \
    have has had do does did s t ll ve re as by from please just really very ";

type Vector = Vec<(u32, f64)>;

/// The intentions of one turn, ready to compare.
#[derive(Debug, Clone)]
pub struct Intents {
    terms: HashMap<String, u32>,
    weights: Weights,
    intents: Vec<Intent>,
}

/// What terms weigh, by their number.
#[derive(Debug, Clone)]
struct Weights {
    rarity: Vec<f64>,
    /// Which are runs of letters.
    runs: Vec<bool>,
}

#[derive(Debug, Clone)]
struct Intent {
    id: String,
    examples: Vec<Vector>,
    together: Vector,
}

/// An intention that a text may have.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The author's name for it.
    pub id: String,
    /// From 0 (nothing in common) to 1 (the words of an example).
    pub similarity: f64,
}

/// What may be said of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It resembles no intention: the writer picks one.
    Nothing,
    /// Two intentions are nearly as near: the writer picks one of them.
    Unsure,
    /// The first proposal is clearly ahead: the writer confirms it.
    Clear,
}

impl Intents {
    /// Takes each intention's name and its example sentences. One without examples is never proposed.
    #[must_use]
    pub fn new(intents: &[(&str, &[&str])]) -> Self {
        let mut terms = HashMap::new();
        let mut spread: Vec<u32> = Vec::new();
        let mut counted: Vec<(String, Vec<BTreeMap<u32, u32>>)> = Vec::new();
        for (id, examples) in intents {
            let examples = examples.iter().map(|it| count(it, |term| number(&mut terms, &mut spread, term)));
            counted.push(((*id).to_owned(), examples.collect()));
        }
        let total: usize = counted.iter().map(|(_, it)| it.len()).sum();
        for example in counted.iter().flat_map(|(_, it)| it) {
            for term in example.keys() {
                spread[*term as usize] += 1;
            }
        }
        let mut runs = vec![false; spread.len()];
        terms.iter().for_each(|(term, number): (&String, &u32)| runs[*number as usize] = term.starts_with(RUN));
        let rarity: Vec<f64> = spread.iter().map(|it| (1.0 + total as f64 / f64::from((*it).max(1))).ln()).collect();
        let weights = Weights { rarity, runs };
        let intents = counted
            .into_iter()
            .map(|(id, examples)| {
                let mut sum = BTreeMap::new();
                examples.iter().flatten().for_each(|(term, times)| *sum.entry(*term).or_insert(0) += times);
                let examples = examples.iter().map(|it| weights.vector(it, [0.0; 2])).collect();
                Intent { id, examples, together: weights.vector(&sum, [0.0; 2]) }
            })
            .collect();
        Self { terms, weights, intents }
    }

    /// The intentions a text resembles, best first, equal ones in the author's order; none below the threshold. Text past
    /// [`super::MOST_CHARACTERS`] is not read.
    #[must_use]
    pub fn propose(&self, text: &str) -> Vec<Proposal> {
        let mut unknown = BTreeSet::new();
        let counts = count(readable(text), |term| {
            let known = self.terms.get(&term).copied();
            if known.is_none() && !term.contains(' ') {
                unknown.insert(term);
            }
            known
        });
        let runs = unknown.iter().filter(|term| term.starts_with(RUN)).count();
        let foreign = [unknown.len() - runs, runs].map(|count| count as f64 * 2.0_f64.ln().powi(2));
        let own = self.weights.vector(&counts, foreign);
        let mut proposals: Vec<Proposal> = self
            .intents
            .iter()
            .map(|it| {
                let nearest = it.examples.iter().map(|example| cosine(example, &own)).fold(0.0, f64::max);
                let together = cosine(&it.together, &own);
                Proposal {
                    id: it.id.clone(),
                    similarity: nearest.max((1.0 - TOGETHER) * nearest + TOGETHER * together).min(1.0),
                }
            })
            .filter(|it| it.similarity >= THRESHOLD)
            .collect();
        proposals.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
        proposals
    }

    /// Whether the first of the proposals may be shown as the reading.
    #[must_use]
    pub fn verdict(proposals: &[Proposal]) -> Verdict {
        match proposals {
            [] => Verdict::Nothing,
            [first, second, ..] if first.similarity - second.similarity < MARGIN => Verdict::Unsure,
            _ => Verdict::Clear,
        }
    }
}

/// The number of a term, new if need be.
fn number(terms: &mut HashMap<String, u32>, spread: &mut Vec<u32>, term: String) -> Option<u32> {
    let next = u32::try_from(terms.len()).ok()?;
    let number = *terms.entry(term).or_insert(next);
    if number == next {
        spread.push(0);
    }
    Some(number)
}

/// How often each known term stands in a text: stems, pairs of them, and runs of letters.
fn count(text: &str, mut known: impl FnMut(String) -> Option<u32>) -> BTreeMap<u32, u32> {
    let mut counts = BTreeMap::new();
    let mut before: Option<String> = None;
    for word in words(text) {
        if word.sort == Sort::Mark {
            before = None;
            continue;
        }
        if EMPTY.split(' ').any(|it| it == word.text) {
            continue;
        }
        let own = stem(&word.text);
        let pair = before.map(|it| format!("{it} {own}"));
        for term in std::iter::once(own.clone()).chain(pair).chain(runs(&word.text)) {
            if let Some(term) = known(term) {
                *counts.entry(term).or_insert(0) += 1;
            }
        }
        before = Some(own);
    }
    counts
}

/// The runs of letters of a word, its ends included.
fn runs(word: &str) -> impl Iterator<Item = String> {
    let signs: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
    let all =
        LENGTHS.map(|length| signs.windows(length).map(|run| String::from_iter([&[RUN], run].concat())).collect());
    all.into_iter().flat_map(|runs: Vec<String>| runs)
}

impl Weights {
    /// A vector of length one, in which words and runs have their shares. `foreign` is the squared weight of the words, and of the
    /// runs, that no example has.
    fn vector(&self, counts: &BTreeMap<u32, u32>, foreign: [f64; 2]) -> Vector {
        let weight = |term: u32, times: u32| (1.0 + f64::from(times).ln()) * self.rarity[term as usize];
        let mut vector: Vector = counts.iter().map(|(term, times)| (*term, weight(*term, *times))).collect();
        let sort = |term: u32| usize::from(self.runs[term as usize]);
        let mut squares = foreign;
        vector.iter().for_each(|(term, it)| squares[sort(*term)] += it * it);
        let shares = [1.0 - RUNS, RUNS];
        vector.iter_mut().for_each(|(term, it)| *it *= (shares[sort(*term)] / squares[sort(*term)]).sqrt());
        vector
    }
}

/// The cosine of two vectors of length one, whose terms are in order.
fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut left, mut right, mut sum) = (0, 0, 0.0);
    while let (Some((one, weight)), Some((other, second))) = (a.get(left), b.get(right)) {
        match one.cmp(other) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                sum += weight * second;
                left += 1;
                right += 1;
            }
        }
    }
    sum
}

/// Light stemming: plural, verb and adverb endings of longer words, and a final `e`.
fn stem(word: &str) -> String {
    let long = |base: &str| base.chars().count() > 2;
    let cut = ["ations", "ation", "ings", "ing", "edly", "ed", "ies", "ly", "es", "s"].iter().find_map(|it| {
        word.strip_suffix(it).filter(|base| long(base) && !(*it == "s" && base.ends_with(['s', 'u', 'i'])))
    });
    cut.unwrap_or(word).trim_end_matches(['e', 'y', 'i']).to_owned()
}

#[cfg(test)]
mod tests;
