//! One cold run of rsigma-eval over the lines libs/sigma is measured on.
//!
//! `rsigma-peer PLAN EVENTS ROUNDS THREADS [PAIRS]`: PLAN (made by the benchmark) names the rules of every combination of logsources, and which
//! combination an event belongs to by its Channel, EventID and EventType, or by its line. Every line is parsed and run ROUNDS times; figures go to stdout as
//! JSON, and `line<TAB>rule` of the first round to PAIRS.
use rsigma_eval::{parse_pipeline, Engine, JsonEvent};
use rsigma_parser::parse_sigma_yaml;
use serde_json::{json, Value};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::sync::Barrier;
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

/// Runs every line of a share so many times; how many matches, and the pairs of the first round.
fn run(peer: &Peer, lines: &[(usize, &[u8])], rounds: usize, wants_pairs: bool) -> Result<(usize, String), Failure> {
    let mut matches = 0usize;
    let mut pairs = String::new();
    let mut key = String::new();
    for round in 0..rounds {
        for (number, line) in lines {
            let value: Value = serde_json::from_slice(line)?;
            key.clear();
            for name in ["Channel", "EventID", "EventType"] {
                push_text(&mut key, value.get(name));
            }
            let named = if peer.lines.is_empty() { peer.keys.get(&key) } else { peer.lines.get(*number) };
            let Some(engine) = named.map(|index| &peer.engines[*index]) else { continue };
            let found = engine.evaluate(&JsonEvent::borrow(&value));
            matches += found.len();
            if round > 0 || !wants_pairs {
                continue;
            }
            for one in &found {
                let _ = writeln!(pairs, "{number}\t{}", one.header.rule_id.as_deref().unwrap_or(""));
            }
        }
    }
    Ok((matches, pairs))
}

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, plan, events, rounds, threads, rest @ ..] = arguments.as_slice() else { return Err("usage: rsigma-peer PLAN EVENTS ROUNDS THREADS [PAIRS]".into()) };
    let (rounds, threads): (usize, usize) = (rounds.parse()?, threads.parse()?);
    let bytes = fs::read(events)?;
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let plan: Value = serde_json::from_slice(&fs::read(plan)?)?;
    let began = Instant::now();
    let loaded = Barrier::new(threads + 1);
    let (results, load_ms, seconds, cpu) = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|share| {
                let (plan, lines, loaded) = (&plan, &lines, &loaded);
                scope.spawn(move || {
                    let peer = load(plan).map_err(|error| error.to_string());
                    let own: Vec<(usize, &[u8])> = lines.iter().copied().enumerate().skip(share).step_by(threads).collect();
                    loaded.wait();
                    peer.and_then(|peer| run(&peer, &own, rounds, !rest.is_empty()).map_err(|error| error.to_string()))
                })
            })
            .collect();
        loaded.wait();
        let load_ms = began.elapsed().as_millis() as u64;
        let (cpu, began) = (cpu_seconds(), Instant::now());
        let results: Vec<_> = workers.into_iter().map(|worker| worker.join().unwrap_or_else(|_| Err("a thread panicked".into()))).collect();
        (results, load_ms, began.elapsed().as_secs_f64(), cpu_seconds() - cpu)
    });
    let (mut matches, mut pairs) = (0usize, String::new());
    for result in results {
        let (found, text) = result?;
        matches += found;
        pairs.push_str(&text);
    }
    if let Some(path) = rest.first() {
        fs::write(path, pairs)?;
    }
    let rss = resident_mb();
    let worker_mb = (rss - bytes.len() as f64 / 1048576.0) / threads as f64;
    let figures = json!({
        "events": lines.len() * rounds, "seconds": seconds, "cpuSeconds": cpu, "matches": matches / rounds, "loadMs": load_ms,
        "rssMb": rss.round(), "workerMb": worker_mb.round()
    });
    println!("{figures}");
    Ok(())
}
