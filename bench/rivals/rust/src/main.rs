//! Rival — Cedar's own crate `cedar-policy` on a scenario that `bench/rivals/native.ts` exported.
//!
//!     rival FOLDER ROUNDS ROUND_MS WARM_UP_MS
//!
//! Policies, entities and requests are prepared before; only the call `is_authorized` is timed. Prints one line of JSON:
//! `{ "nsPerDecision", "spread", "decisions" }`. Where the folder has `query.json`, that is answered instead (`query.rs`).
mod query;

use std::collections::HashMap;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, Instant};

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicyId, PolicySet, Request, SlotId,
};
use serde_json::{json, Value};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let args: Vec<String> = std::env::args().collect();
    let folder = Path::new(&args[1]);
    let rounds: usize = args[2].parse()?;
    let round = Duration::from_millis(args[3].parse()?);
    let warm_up = Duration::from_millis(args[4].parse()?);
    if folder.join("query.json").exists() {
        return query::answer(folder, rounds, round, warm_up);
    }

    let policies = linked(
        named(&text(folder, "policies.cedar")?)?,
        &data(folder, "links.json")?,
    )?;
    let entities = Entities::from_json_value(data(folder, "entities.json")?, None)?;
    let requests = data(folder, "requests.json")?
        .as_array()
        .ok_or("requests.json holds no list")?
        .iter()
        .map(request)
        .collect::<Fallible<Vec<_>>>()?;

    let authorizer = Authorizer::new();
    let decide = |i: usize| authorizer.is_authorized(&requests[i], &policies, &entities);
    let decisions: Vec<bool> = (0..requests.len())
        .map(|i| decide(i).decision() == Decision::Allow)
        .collect();
    let run = |i: usize| {
        black_box(decide(i % requests.len()));
    };
    let (median, spread) = time(run, requests.len(), rounds, round, warm_up);
    println!(
        "{}",
        json!({ "nsPerDecision": median, "spread": spread, "decisions": decisions })
    );
    Ok(())
}

/// Median of the rounds in nanoseconds, and half the distance between the quartiles as a share of it: as `bench/harness.ts` does.
fn time(
    run: impl Fn(usize),
    requests: usize,
    rounds: usize,
    round: Duration,
    warm_up: Duration,
) -> (f64, f64) {
    let begin = Instant::now();
    let mut decided = 0;
    while begin.elapsed() < warm_up {
        run(decided);
        decided += 1;
    }
    let in_one_round = decided as f64 * round.as_secs_f64() / begin.elapsed().as_secs_f64();
    let batch = (in_one_round.ceil() as usize).max(1);
    let mut samples: Vec<f64> = (0..rounds)
        .map(|number| {
            let first = (number * batch) % requests;
            let begin = Instant::now();
            for i in first..first + batch {
                run(i);
            }
            begin.elapsed().as_nanos() as f64 / batch as f64
        })
        .collect();
    samples.sort_by(f64::total_cmp);
    let at = |share: f64| samples[(share * (samples.len() - 1) as f64) as usize];
    (at(0.5), (at(0.75) - at(0.25)) / 2.0 / at(0.5))
}

/// Policies and templates by the names in their annotation `@id`, which links refer to.
fn named(text: &str) -> Fallible<PolicySet> {
    let parsed = PolicySet::from_str(text)?;
    let mut set = PolicySet::new();
    for policy in parsed.policies() {
        let id = policy.annotation("id").ok_or("a policy has no @id")?;
        set.add(policy.new_id(PolicyId::new(id)))?;
    }
    for template in parsed.templates() {
        let id = template.annotation("id").ok_or("a template has no @id")?;
        set.add_template(template.new_id(PolicyId::new(id)))?;
    }
    Ok(set)
}

fn linked(mut set: PolicySet, links: &Value) -> Fallible<PolicySet> {
    for link in links.as_array().ok_or("links.json holds no list")? {
        let mut values = HashMap::new();
        for (slot, value) in link["values"].as_object().ok_or("a link has no values")? {
            let slot = if slot == "?principal" {
                SlotId::principal()
            } else {
                SlotId::resource()
            };
            values.insert(slot, uid(value)?);
        }
        let id = |name: &str| {
            link[name]
                .as_str()
                .map(PolicyId::new)
                .ok_or("a link lacks a name")
        };
        set.link(id("templateId")?, id("newId")?, values)?;
    }
    Ok(set)
}

fn request(value: &Value) -> Fallible<Request> {
    let context = match &value["context"] {
        Value::Null => Context::empty(),
        given => Context::from_json_value(given.clone(), None)?,
    };
    let [principal, action, resource] = [
        uid(&value["principal"])?,
        uid(&value["action"])?,
        uid(&value["resource"])?,
    ];
    Ok(Request::new(principal, action, resource, context, None)?)
}

fn uid(value: &Value) -> Fallible<EntityUid> {
    Ok(EntityUid::from_json(value.clone())?)
}

fn text(folder: &Path, name: &str) -> Fallible<String> {
    Ok(std::fs::read_to_string(folder.join(name))?)
}

fn data(folder: &Path, name: &str) -> Fallible<Value> {
    Ok(serde_json::from_str(&text(folder, name)?)?)
}
