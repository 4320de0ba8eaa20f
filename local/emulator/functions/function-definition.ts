import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parseCron, type Cron } from '../timers/cron';

/** Name of a trigger or a function, as the platform allows it. */
const Name = v.pipe(v.string(), v.regex(/^[A-Za-z][\w-]{0,59}$/));

/** The fields of a function's config.json that the platform knows. */
const FunctionConfig = v.strictObject({
  /** Seconds. */
  timeout: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)), 3),
  /** MB. */
  memorySize: v.optional(v.pipe(v.number(), v.integer(), v.minValue(64), v.maxValue(3072)), 256),
  /** For deployment only: this emulator runs everything on its own Node.js. */
  runtime: v.optional(v.string()),
  triggers: v.optional(
    v.pipe(
      v.array(v.strictObject({ name: Name, type: v.literal('timer'), config: v.string() })),
      v.maxLength(1, 'the platform allows one trigger a function'),
    ),
    [],
  ),
  permissions: v.optional(v.strictObject({ openapi: v.optional(v.array(v.string()), []) }), { openapi: [] }),
});

/** A deployed function. */
export interface FunctionDefinition {
  name: string;
  /** The bundle. */
  file: string;
  timeoutMs: number;
  memoryMb: number;
  timers: { name: string; cron: Cron }[];
  /** Names of the open APIs that it may call. */
  openApis: ReadonlySet<string>;
}

/**
 * Reads one built function: `<dir>/index.js` and, if there, `<dir>/config.json`.
 * @throws {Error} when the configuration is not one that the platform would take
 */
export function readFunctionDefinition(dir: string): FunctionDefinition {
  const name = path.basename(dir);
  const configFile = path.join(dir, 'config.json');
  const raw: unknown = existsSync(configFile) ? JSON.parse(readFileSync(configFile, 'utf8')) : {};
  const parsed = v.safeParse(v.object({ name: Name, config: FunctionConfig }), { name, config: raw });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(`function ${name}: config.json: ${v.getDotPath(issue) ?? ''} ${issue.message}`);
  }
  const { config } = parsed.output;
  return {
    name,
    file: path.join(dir, 'index.js'),
    timeoutMs: config.timeout * 1000,
    memoryMb: config.memorySize,
    timers: config.triggers.map((trigger) => ({ name: trigger.name, cron: parseCron(trigger.config) })),
    openApis: new Set(config.permissions.openapi),
  };
}

/** All built functions of a folder, by name. A folder without index.js is not a function. */
export function readFunctionDefinitions(functionsDir: string): Map<string, FunctionDefinition> {
  const found = new Map<string, FunctionDefinition>();
  for (const entry of readdirSync(functionsDir, { withFileTypes: true })) {
    const dir = path.join(functionsDir, entry.name);
    if (!entry.isDirectory() || !existsSync(path.join(dir, 'index.js'))) continue;
    found.set(entry.name, readFunctionDefinition(dir));
  }
  return found;
}
