import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export const ROOT = resolve(__dirname, '../..');

export interface ComposeService {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly restart?: string;
  readonly container_name?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks?: readonly string[];
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly cpus?: string; readonly memory?: string } };
  };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, { readonly file: string }>>;
}

/** A variable of the compose file that has to be set and is not. */
export class MissingVariable extends Error {
  constructor(readonly variable: string) {
    super(`required variable ${variable} is missing a value`);
  }
}

/** The single servers, and three of each. */
export const COMPOSE_FILES = ['docker-compose.yml', 'deploy/compose/cluster.yml'] as const;
export type ComposeName = (typeof COMPOSE_FILES)[number];

export function composeText(file: ComposeName = 'docker-compose.yml'): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A compose file with its anchors resolved, its variables not. */
export function readCompose(file: ComposeName = 'docker-compose.yml'): ComposeFile {
  return parse(composeText(file), { merge: true }) as ComposeFile;
}

/**
 * Puts in the variables as Docker Compose does: `${NAME}`, `${NAME:-default}`, `${NAME:?message}`, `$$` for a dollar.
 *
 * @throws MissingVariable for `${NAME:?…}` without a value
 */
export function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\$|\$\{([A-Z_]+)(?::([-?])([^}]*))?\}/g,
    (_whole, name?: string, operator?: string, rest?: string) => {
      if (name === undefined) return '$';
      const value = variables[name];
      if (value !== undefined && value !== '') return value;
      if (operator === '?') throw new MissingVariable(name);
      return operator === '-' ? (rest ?? '') : '';
    },
  );
}
