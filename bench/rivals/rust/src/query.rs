//! Query — `query_resource` of the crate: which entities of a type a principal may act on.
//!
//! Reads `query.json`, and `schema.cedarschema` beside the policies and the entities. Parsing and validation of the data are done before; only the call is
//! timed, with the walk over its answer. Prints `{ "nsPerDecision", "spread", "ids" }`, with the time of one call.
use std::error::Error;
use std::hint::black_box;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use cedar_policy::{Context, Entities, EntityTypeName, PolicySet, ResourceQueryRequest, Schema};
use serde_json::json;

use crate::{data, text, time, uid};

pub fn answer(
    folder: &Path,
    rounds: usize,
    round: Duration,
    warm_up: Duration,
) -> Result<(), Box<dyn Error>> {
    let (schema, _) = Schema::from_cedarschema_str(&text(folder, "schema.cedarschema")?)?;
    let policies = PolicySet::from_str(&text(folder, "policies.cedar")?)?;
    let entities = Entities::from_json_value(data(folder, "entities.json")?, Some(&schema))?;
    let query = data(folder, "query.json")?;
    let resource = query["resource"].as_str().ok_or("the query has no resource")?;
    let request = ResourceQueryRequest::new(
        uid(&query["principal"])?,
        uid(&query["action"])?,
        EntityTypeName::from_str(resource)?,
        Context::empty(),
        &schema,
    )?;

    let mut ids: Vec<String> = policies
        .query_resource(&request, &entities, &schema)?
        .map(|found| found.id().unescaped().to_owned())
        .collect();
    ids.sort();
    let run = |_| {
        let found = policies.query_resource(&request, &entities, &schema);
        black_box(found.map(|each| each.count()).unwrap_or(0));
    };
    let (median, spread) = time(run, 1, rounds, round, warm_up);
    println!("{}", json!({ "nsPerDecision": median, "spread": spread, "ids": ids }));
    Ok(())
}
