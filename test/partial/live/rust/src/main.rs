//! Partial oracle — Cedar's own crate answers questions about partial evaluation, a line of JSON each.
//!
//! Questions and answers are those of the recorded ones (`test/partial/adapter.ts`), without the texts of residuals. What the crate refuses is
//! `{ "failure": text }`.
use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::io::{stdin, stdout, BufRead, Write};
use std::str::FromStr;

use cedar_policy::{
    ActionQueryRequest, Context, Decision, Entities, Entity, EntityId, EntityLoader,
    EntityTypeName, EntityUid, PartialEntities, PartialEntityUid, PartialRequest, PolicyId,
    PolicySet, PrincipalQueryRequest, Request, ResourceQueryRequest, Schema, TpeResponse,
};
use serde_json::{json, Value};

type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    for line in stdin().lock().lines() {
        let question: Value = serde_json::from_str(&line?)?;
        let answer = answer(&question).unwrap_or_else(|error| json!({ "failure": error.to_string() }));
        println!("{answer}");
        stdout().flush()?;
    }
    Ok(())
}

/// What all questions have.
struct Given<'a> {
    question: &'a Value,
    schema: Schema,
    policies: PolicySet,
}

fn answer(question: &Value) -> Fallible<Value> {
    let text = |name: &str| question[name].as_str().ok_or(format!("no {name}"));
    let (schema, _) = Schema::from_cedarschema_str(text("schema")?)?;
    let policies = PolicySet::from_str(text("policies")?)?;
    let given = Given { question, schema, policies };
    match (text("kind")?, question["op"].as_str()) {
        ("tpe", _) => given.tpe(),
        ("batched", _) => given.batched(),
        ("query", Some("queryResource")) => given.resources(),
        ("query", Some("queryPrincipal")) => given.principals(),
        ("query", Some("queryAction")) => given.actions(),
        (kind, op) => Err(format!("no such question: {kind} {op:?}").into()),
    }
}

impl Given<'_> {
    fn tpe(&self) -> Fallible<Value> {
        let request = self.partial_request()?;
        let entities = self.partial_entities()?;
        let response = self.policies.tpe(&request, &entities, &self.schema)?;
        let mut answer = json!({
            "decision": response.decision().map(word),
            "reason": response.reason().map(sorted),
            "permits": permits(&response),
            "forbids": forbids(&response),
        });
        let then = &self.question["then"];
        if !then.is_null() {
            answer["then"] = match self.reauthorized(&response, then) {
                Ok(whole) => whole,
                Err(_) => json!({ "failure": "reauthorize" }),
            };
        }
        Ok(answer)
    }

    fn reauthorized(&self, response: &TpeResponse, then: &Value) -> Fallible<Value> {
        let request = self.request(&then["request"])?;
        let entities = Entities::from_json_value(then["entities"].clone(), Some(&self.schema))?;
        let whole = response.reauthorize(&request, &entities)?;
        Ok(json!({ "decision": word(whole.decision()), "reason": sorted(whole.diagnostics().reason()) }))
    }

    fn batched(&self) -> Fallible<Value> {
        let request = self.request(&self.question["request"])?;
        let entities = self.whole("entities")?;
        let mut loader = Recording { entities: &entities, rounds: vec![] };
        let most = self.question["maxIterations"].as_u64().ok_or("no maxIterations")? as u32;
        match self.policies.is_authorized_batched(&request, &self.schema, &mut loader, most) {
            Ok(decision) => Ok(json!({ "decision": word(decision), "rounds": loader.rounds })),
            Err(_) => Ok(json!({ "failure": "batched" })),
        }
    }

    fn resources(&self) -> Fallible<Value> {
        let request = &self.question["request"];
        let query = ResourceQueryRequest::new(
            uid(&request["principal"])?,
            uid(&request["action"])?,
            type_of(&request["resource"])?,
            self.context(request)?.unwrap_or_else(Context::empty),
            &self.schema,
        )?;
        let entities = self.whole("concreteEntities")?;
        let found = self.policies.query_resource(&query, &entities, &self.schema)?;
        Ok(json!({ "found": sorted(found) }))
    }

    fn principals(&self) -> Fallible<Value> {
        let request = &self.question["request"];
        let query = PrincipalQueryRequest::new(
            type_of(&request["principal"])?,
            uid(&request["action"])?,
            uid(&request["resource"])?,
            self.context(request)?.unwrap_or_else(Context::empty),
            &self.schema,
        )?;
        let entities = self.whole("concreteEntities")?;
        let found = self.policies.query_principal(&query, &entities, &self.schema)?;
        Ok(json!({ "found": sorted(found) }))
    }

    fn actions(&self) -> Fallible<Value> {
        let request = &self.question["request"];
        let context = match &request["context"] {
            Value::Null => None,
            given => Some(Context::from_json_value(given.clone(), None)?),
        };
        let query = ActionQueryRequest::new(
            partial_uid(&request["principal"])?,
            partial_uid(&request["resource"])?,
            context,
            self.schema.clone(),
        )?;
        let entities = self.partial_entities()?;
        let actions: BTreeMap<String, Option<&str>> = self
            .policies
            .query_action(&query, &entities)?
            .map(|(action, decision)| (action.to_string(), decision.map(word)))
            .collect();
        Ok(json!({ "actions": actions }))
    }

    fn partial_request(&self) -> Fallible<PartialRequest> {
        let request = &self.question["request"];
        Ok(PartialRequest::new(
            partial_uid(&request["principal"])?,
            uid(&request["action"])?,
            partial_uid(&request["resource"])?,
            self.context(request)?,
            &self.schema,
        )?)
    }

    fn request(&self, request: &Value) -> Fallible<Request> {
        Ok(Request::new(
            uid(&request["principal"])?,
            uid(&request["action"])?,
            uid(&request["resource"])?,
            self.context(request)?.unwrap_or_else(Context::empty),
            Some(&self.schema),
        )?)
    }

    fn context(&self, request: &Value) -> Fallible<Option<Context>> {
        if request["context"].is_null() {
            return Ok(None);
        }
        let action = uid(&request["action"])?;
        let typed = Some((&self.schema, &action));
        Ok(Some(Context::from_json_value(request["context"].clone(), typed)?))
    }

    fn partial_entities(&self) -> Fallible<PartialEntities> {
        if !self.question["concreteEntities"].is_null() {
            let whole = self.whole("concreteEntities")?;
            return Ok(PartialEntities::from_concrete(whole, &self.schema)?);
        }
        let given = self.question["entities"].clone();
        Ok(PartialEntities::from_json_value(given, &self.schema)?)
    }

    fn whole(&self, member: &str) -> Fallible<Entities> {
        Ok(Entities::from_json_value(self.question[member].clone(), Some(&self.schema))?)
    }
}

/// Gives what is asked for, and notes it.
struct Recording<'a> {
    entities: &'a Entities,
    rounds: Vec<Vec<String>>,
}

impl EntityLoader for Recording<'_> {
    fn load_entities(&mut self, uids: &HashSet<EntityUid>) -> HashMap<EntityUid, Option<Entity>> {
        self.rounds.push(sorted(uids));
        uids.iter().map(|uid| (uid.clone(), self.entities.get(uid).cloned())).collect()
    }
}

fn permits(response: &TpeResponse) -> Value {
    json!({
        "true": ids(response.true_permits()),
        "false": ids(response.false_permits()),
        "error": ids(response.error_permits()),
        "residual": ids(response.residual_permits()),
    })
}

fn forbids(response: &TpeResponse) -> Value {
    json!({
        "true": ids(response.true_forbids()),
        "false": ids(response.false_forbids()),
        "error": ids(response.error_forbids()),
        "residual": ids(response.residual_forbids()),
    })
}

fn ids<'a>(policies: impl Iterator<Item = &'a PolicyId>) -> Vec<String> {
    sorted(policies)
}

fn sorted<T: ToString>(all: impl IntoIterator<Item = T>) -> Vec<String> {
    let mut texts: Vec<String> = all.into_iter().map(|each| each.to_string()).collect();
    texts.sort();
    texts
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Allow => "allow",
        Decision::Deny => "deny",
    }
}

fn uid(value: &Value) -> Fallible<EntityUid> {
    Ok(EntityUid::from_json(value.clone())?)
}

fn partial_uid(value: &Value) -> Fallible<PartialEntityUid> {
    let id = value["id"].as_str().map(EntityId::new);
    Ok(PartialEntityUid::new(type_of(value)?, id))
}

fn type_of(value: &Value) -> Fallible<EntityTypeName> {
    Ok(EntityTypeName::from_str(value["type"].as_str().ok_or("no type")?)?)
}
