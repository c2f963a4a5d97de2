//! One cold run of rsigma-eval over the lines libs/sigma is measured on.
//!
//! `rsigma-peer PLAN EVENTS ROUNDS [PAIRS]`: PLAN (made by the benchmark) names the rules of every combination of logsources, and which
//! combination an event belongs to by its Channel, EventID and EventType, or by its line. Every line is parsed and run ROUNDS times; figures go to stdout as
//! JSON, and `line<TAB>rule` of the first round to PAIRS.
use rsigma_eval::{parse_pipeline, Engine, JsonEvent};
use rsigma_parser::parse_sigma_yaml;
use serde_json::{json, Value};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

type Failure = Box<dyn std::error::Error>;

/// User and system time of this process, in seconds.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks: f64 = [11, 12].iter().filter_map(|i| fields.get(*i)?.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn resident_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

struct Peer {
    engines: Vec<Engine>,
    keys: HashMap<String, usize>,
    lines: Vec<usize>,
}

fn load(plan: &Value) -> Result<Peer, Failure> {
    let texts = plan["rules"].as_array().ok_or("no rules")?;
    let mut parsed = Vec::with_capacity(texts.len());
    for text in texts {
        parsed.push(parse_sigma_yaml(text.as_str().ok_or("a rule is no text")?)?);
    }
    let mut engines = Vec::new();
    for partition in plan["partitions"].as_array().ok_or("no partitions")? {
        let mut engine = Engine::new();
        if let Some(pipeline) = partition["pipeline"].as_str() {
            engine.add_pipeline(parse_pipeline(pipeline)?);
        }
        let members = partition["rules"].as_array().ok_or("no members")?;
        let rules = members.iter().filter_map(Value::as_u64).flat_map(|index| parsed[index as usize].rules.iter());
        for (index, error) in engine.add_rules(rules) {
            eprintln!("not loaded: {index}: {error}");
        }
        engines.push(engine);
    }
    let keys = plan["keys"].as_object().ok_or("no keys")?;
    let keys = keys.iter().filter_map(|(key, index)| Some((key.clone(), index.as_u64()? as usize))).collect();
    let lines = plan["lines"].as_array().map(|all| all.iter().filter_map(Value::as_u64).map(|index| index as usize).collect()).unwrap_or_default();
    Ok(Peer { engines, keys, lines })
}

fn push_text(key: &mut String, value: Option<&Value>) {
    match value {
        Some(Value::String(text)) => key.push_str(text),
        Some(Value::Number(number)) => {
            let _ = write!(key, "{number}");
        }
        _ => {}
    }
    key.push('\t');
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, plan, events, rounds, rest @ ..] = arguments.as_slice() else { return Err("usage: rsigma-peer PLAN EVENTS ROUNDS [PAIRS]".into()) };
    let began = Instant::now();
    let peer = load(&serde_json::from_slice(&fs::read(plan)?)?)?;
    let load_ms = began.elapsed().as_millis() as u64;
    let bytes = fs::read(events)?;
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let rounds: usize = rounds.parse()?;
    let (cpu, began) = (cpu_seconds(), Instant::now());
    let mut matches = 0usize;
    let mut pairs = String::new();
    let mut key = String::new();
    for round in 0..rounds {
        for (number, line) in lines.iter().enumerate() {
            let value: Value = serde_json::from_slice(line)?;
            key.clear();
            for name in ["Channel", "EventID", "EventType"] {
                push_text(&mut key, value.get(name));
            }
            let named = if peer.lines.is_empty() { peer.keys.get(&key) } else { peer.lines.get(number) };
            let Some(engine) = named.map(|index| &peer.engines[*index]) else { continue };
            let found = engine.evaluate(&JsonEvent::borrow(&value));
            matches += found.len();
            if round > 0 || rest.is_empty() {
                continue;
            }
            for one in &found {
                let _ = writeln!(pairs, "{number}\t{}", one.header.rule_id.as_deref().unwrap_or(""));
            }
        }
    }
    let (seconds, cpu) = (began.elapsed().as_secs_f64(), cpu_seconds() - cpu);
    if let Some(path) = rest.first() {
        fs::write(path, pairs)?;
    }
    let events = lines.len() * rounds;
    println!("{}", json!({ "events": events, "seconds": seconds, "cpuSeconds": cpu, "matches": matches / rounds, "loadMs": load_ms, "rssMb": resident_mb().round() }));
    Ok(())
}
