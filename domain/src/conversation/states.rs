//! A set of states, packed into a few bits each.
//!
//! A state is a node with the values of the variables on arriving there. The node takes 16 bits and a variable as many as
//! its number of values needs, which for ordinary scenarios is one 64-bit word in all; where it is not, a state takes more
//! words, so that no scenario is too wide to be looked at.

use super::model::{Index, Scenario};

/// The node's part of the first word.
const NODE_BITS: u32 = 16;
/// Enough for sixteen variables of 32 bits and the node.
const WORDS: usize = 9;
const EMPTY: u32 = u32::MAX;

type Code = [u64; WORDS];

/// More states, or more ways between them, than are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooMany;

/// Where a variable's value is kept, counted from its least.
#[derive(Debug, Clone, Copy)]
struct Field {
    word: usize,
    shift: u32,
    mask: u64,
    least: i32,
}

/// States in the order in which they were found, each once.
#[derive(Debug)]
pub(super) struct States {
    fields: Vec<Field>,
    /// How many words a state takes.
    width: usize,
    codes: Vec<u64>,
    /// Positions of states, by hash with linear probing; at most half full, and as many as a power of two.
    slots: Vec<u32>,
}

impl States {
    /// None yet, of this scenario.
    pub fn new(scenario: &Scenario) -> Self {
        let (mut word, mut shift) = (0, NODE_BITS);
        let mut fields = Vec::with_capacity(scenario.variables.len());
        for variable in &scenario.variables {
            let (least, greatest) = variable.bounds();
            // The least number of bits that holds the span; none for a single value.
            let span = u64::from(greatest.abs_diff(least));
            let mask = u64::MAX.checked_shr(span.leading_zeros()).unwrap_or(0);
            let bits = mask.count_ones();
            if shift + bits > u64::BITS {
                (word, shift) = (word + 1, 0);
            }
            fields.push(Field { word, shift, mask, least });
            shift += bits;
        }
        Self { fields, width: word + 1, codes: Vec::new(), slots: vec![EMPTY; 64] }
    }

    pub fn len(&self) -> usize {
        self.codes.len() / self.width
    }

    pub fn node(&self, state: usize) -> Index {
        // The low sixteen bits are the node's.
        #[expect(clippy::cast_possible_truncation)]
        let node = self.codes[state * self.width] as Index;
        node
    }

    /// Writes the values of a state's variables into `values`, which has one place for each.
    pub fn values(&self, state: usize, values: &mut [i32]) {
        let code = self.code(state);
        for (value, field) in values.iter_mut().zip(&self.fields) {
            let offset = (code[field.word] >> field.shift) & field.mask;
            // Fits: it was packed from a value within bounds that are themselves of 32 bits.
            #[expect(clippy::cast_possible_truncation)]
            let offset = offset as i32;
            *value = field.least.wrapping_add(offset);
        }
    }

    /// The state's position, if it is in the set.
    pub fn find(&self, node: Index, values: &[i32]) -> Option<usize> {
        let code = self.pack(node, values);
        self.seek(&code[..self.width]).ok().map(|state| state as usize)
    }

    /// The state's position, at the end if it is new.
    pub fn add(&mut self, node: Index, values: &[i32], cap: usize) -> Result<u32, TooMany> {
        let code = self.pack(node, values);
        let code = &code[..self.width];
        let slot = match self.seek(code) {
            Ok(known) => return Ok(known),
            Err(slot) => slot,
        };
        let count = self.len();
        let state = u32::try_from(count).ok().filter(|_| count < cap).ok_or(TooMany)?;
        self.codes.extend_from_slice(code);
        self.slots[slot] = state;
        if self.len() * 2 > self.slots.len() {
            self.widen();
        }
        Ok(state)
    }

    /// Gives back memory that was kept for more.
    pub fn settle(&mut self) {
        self.codes.shrink_to_fit();
    }

    fn code(&self, state: usize) -> &[u64] {
        &self.codes[state * self.width..][..self.width]
    }

    /// Whether a state has this code. Nearly always it is one word, which needs no loop.
    fn is(&self, state: usize, code: &[u64]) -> bool {
        if self.width == 1 { self.codes[state] == code[0] } else { self.code(state) == code }
    }

    fn pack(&self, node: Index, values: &[i32]) -> Code {
        let mut code = [0; WORDS];
        code[0] = u64::from(node);
        for (value, field) in values.iter().zip(&self.fields) {
            let offset = u64::from(value.wrapping_sub(field.least).cast_unsigned());
            code[field.word] |= (offset & field.mask) << field.shift;
        }
        code
    }

    /// The position of a state, or the slot where it would go.
    fn seek(&self, code: &[u64]) -> Result<u32, usize> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(code) & mask;
        loop {
            match self.slots[slot] {
                EMPTY => return Err(slot),
                state if self.is(state as usize, code) => return Ok(state),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn widen(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![EMPTY; mask + 1];
        for (code, state) in self.codes.chunks_exact(self.width).zip(0..) {
            let mut slot = hash(code) & mask;
            while slots[slot] != EMPTY {
                slot = (slot + 1) & mask;
            }
            slots[slot] = state;
        }
        self.slots = slots;
    }
}

/// The last steps of `SplitMix64` over every word: close states must fall far apart.
fn hash(code: &[u64]) -> usize {
    let mut hash = 0_u64;
    for word in code {
        hash = (hash ^ word).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        hash ^= hash >> 31;
    }
    // Only as many low bits as there are slots are used.
    #[expect(clippy::cast_possible_truncation)]
    let hash = hash as usize;
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::model::{Domain, Variable};

    fn scenario(domains: Vec<Domain>) -> Scenario {
        let json = r#"{"title":"x","channel":"phone","pass":0,"parties":[{"name":"a"},{"name":"b"}],
            "nodes":[{"id":"a","channel":"phone","exit":{"end":{"kind":"success"}}}]}"#;
        let mut scenario: Scenario = serde_json::from_str(json).unwrap();
        scenario.variables = domains
            .into_iter()
            .map(|domain| {
                let mut variable = Variable { name: "v".into(), domain, start: 0 };
                variable.start = variable.bounds().0;
                variable
            })
            .collect();
        scenario
    }

    /// Whatever goes in comes out, and is found again: narrow domains, single values, negative ones and many words.
    #[test]
    fn every_state_comes_back() {
        let widest = Domain::Range { min: -1000, max: 1000 };
        for domains in [
            vec![],
            vec![Domain::Range { min: 5, max: 5 }, Domain::YesNo],
            vec![
                Domain::Range { min: -3, max: 4 },
                Domain::OneOf(vec!["a".into(); 3]),
                Domain::Range { min: 0, max: 8 },
            ],
            vec![widest; 16],
            vec![Domain::Range { min: i32::MIN, max: i32::MAX }; 16],
        ] {
            let scenario = scenario(domains);
            let bounds: Vec<(i32, i32)> = scenario.variables.iter().map(Variable::bounds).collect();
            let mut states = States::new(&scenario);
            let mut known = std::collections::BTreeMap::new();
            for step in 0..3_000_u32 {
                let node = Index::try_from(step % 7 * 9_000).unwrap();
                let values: Vec<i32> = bounds
                    .iter()
                    .zip(1_i64..)
                    .map(|((least, greatest), at)| {
                        let count = i64::from(*greatest) - i64::from(*least) + 1;
                        i32::try_from(i64::from(*least) + (i64::from(step) * at * 97_003).rem_euclid(count)).unwrap()
                    })
                    .collect();
                let state = states.add(node, &values, usize::MAX).unwrap();
                let fresh = u32::try_from(known.len()).unwrap();
                assert_eq!(state, *known.entry((node, values)).or_insert(fresh));
            }
            assert_eq!(states.len(), known.len());
            for ((node, values), state) in known {
                let mut back = vec![0; values.len()];
                states.values(state as usize, &mut back);
                assert_eq!((states.node(state as usize), &back), (node, &values));
                assert_eq!(states.find(node, &values), Some(state as usize));
                assert_eq!(states.find(node + 1, &values), None);
            }
        }
    }

    #[test]
    fn the_cap_holds() {
        let mut states = States::new(&scenario(vec![Domain::Range { min: 0, max: 99 }]));
        assert_eq!(states.add(0, &[0], 2), Ok(0));
        assert_eq!(states.add(0, &[1], 2), Ok(1));
        assert_eq!(states.add(0, &[2], 2), Err(TooMany));
        assert_eq!(states.add(0, &[1], 2), Ok(1), "what is known stays known");
    }
}
