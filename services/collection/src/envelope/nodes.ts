/**
 * The one rule for what happens in a pod of Kubernetes: its host is the node, whatever the pod calls itself, or the
 * collector that runs in another.
 */
import { at } from '../sources/json-values.js';
import type { NativeObject } from '../sources/source.js';
import { hostOf } from './said.js';

/** OpenTelemetry's name of it, an attribute of a resource or a record. */
export const NODE = 'k8s.node.name';

/** Fluent Bit and Fluentd, Beats, Vector, OpenTelemetry. */
const PATHS = [
  ['kubernetes', 'host'],
  ['kubernetes', 'node', 'name'],
  ['kubernetes', 'pod_node_name'],
  ['k8s', 'node', 'name'],
  [NODE],
];

/** The node that who read what a container prints says it ran on. */
export const nodeIn = (document: NativeObject): string | undefined => {
  for (const path of PATHS) {
    const host = hostOf(at(document, ...path));
    if (host !== undefined) return host;
  }
  return undefined;
};
