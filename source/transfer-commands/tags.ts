import process from 'node:process';
import type {TagsOptions} from '../command-lines/call.ts';
import {paperOn, plainTable} from '../components/plain-table.ts';
import {EngineError} from '../engine/errors.ts';
import {naturalOrder} from '../format/natural-order.ts';
import {sanitise} from '../format/sanitise.ts';
import type {RegistryClient} from '../registry/client-port.ts';
import {remoteReference} from '../registry/reference.ts';
import {securityOf} from '../registry/security.ts';
import {untilLeft} from './leaving.ts';
import type {Surroundings} from './surroundings.ts';

/** What the engine reaches without a trusted certificate; nothing where there is none to ask. */
const insecureRegistries = async (
	{seat: {engine}}: Surroundings,
	signal: AbortSignal,
): Promise<readonly string[]> => {
	try {
		return (await engine.connect(signal)).info.insecureRegistries;
	} catch (error) {
		if (!(error instanceof EngineError) || signal.aborted) throw error;
		return [];
	}
};

const allTags = async (
	client: RegistryClient,
	repository: string,
	signal: AbortSignal,
): Promise<readonly string[]> => {
	const tags: string[] = [];
	let next: string | undefined;
	do {
		const page = await client.tags(repository, signal, next);
		tags.push(...page.items);
		next = page.next;
	} while (next !== undefined);
	return tags.toSorted(naturalOrder);
};

const atOnce = 6;

/** In the order of the tags; empty for one that has gone meanwhile. */
const digestsOf = async (
	client: RegistryClient,
	repository: string,
	tags: readonly string[],
	signal: AbortSignal,
): Promise<readonly string[]> => {
	const digests: string[] = tags.map(() => '');
	const left = tags.entries();
	const work = async (): Promise<void> => {
		for (const [index, tag] of left)
			digests[index] = (await client.head(repository, tag, signal))?.digest ?? '';
	};
	await Promise.all(Array.from({length: atOnce}, work));
	return digests;
};

/**
 * `gantry tags`, without the dashboard.
 * @returns the exit code
 * @throws RegistryError, AccountError
 */
export const runTags = (options: TagsOptions, surroundings: Surroundings): Promise<number> =>
	untilLeft(async signal => {
		const remote = remoteReference(options.repository);
		if (remote === undefined) return 1;
		const {client: clientOf} = await surroundings.registries();
		const client = clientOf(
			remote.host,
			securityOf(remote.host, await insecureRegistries(surroundings, signal)),
		);
		const tags = await allTags(client, remote.repository, signal);
		const digests = options.hasDigests ? await digestsOf(client, remote.repository, tags, signal) : undefined;
		const {stdout} = process;
		if (options.isJson) {
			const items = tags.map((tag, index) => ({tag, ...(digests && {digest: digests[index]})}));
			stdout.write(`${JSON.stringify(items, undefined, 2)}\n`);
		} else if (digests === undefined) {
			stdout.write(tags.map(tag => `${sanitise(tag)}\n`).join(''));
		} else {
			const rows = tags.map((tag, index) => ({cells: [sanitise(tag), sanitise(digests[index] ?? '')]}));
			for (const line of plainTable(
				[{header: 'TAG'}, {header: 'DIGEST'}],
				rows,
				paperOn({isTTY: stdout.isTTY}),
			))
				stdout.write(`${line}\n`);
		}
		return 0;
	});
