import type {EngineEvent} from '../types.ts';
import {number, record, text, textMap} from './read.ts';
import {sharedText} from './shared-text.ts';

/** Podman's words for what Docker's containers do. */
const podmanActions: ReadonlyMap<string, string> = new Map([
	['remove', 'destroy'],
	['died', 'die'],
	['exec_died', 'exec_die'],
]);

/**
 * One line of `GET /events`, of any API version; `undefined` for a line that is not an event.
 * @param line the JSON text itself: `timeNano` has more digits than a JavaScript number
 */
export const decodeEvent = (line: string): EngineEvent | undefined => {
	const root = parsedFields(line);
	// `status` and `id` are the spelling before API 1.22, still sent until 1.52.
	const spelled = text(root.Action) || text(root.status);
	if (spelled === '') return undefined;
	const actor = record(root.Actor);
	const type = text(root.Type, 'container');
	const colon = spelled.indexOf(': ');
	const verb = colon < 0 ? spelled : spelled.slice(0, colon);
	const detail = colon < 0 ? text(root.HealthStatus) : spelled.slice(colon + 2).trim();
	const seconds = number(root.time);
	const digits = /"timeNano":\s*(\d+)/.exec(line)?.[1];
	// Not the digits themselves: as a part of the line they would keep all of what was read with it in memory.
	const timeNano = digits === undefined ? `${seconds}000000000` : BigInt(digits).toString();
	return {
		type,
		action: type === 'container' ? (podmanActions.get(verb) ?? verb) : verb,
		...(detail === '' ? {} : {actionDetail: detail}),
		actorId: sharedText(text(actor.ID) || text(root.id)),
		attributes: sharedTexts(textMap(actor.Attributes)),
		at: Math.floor(Number(timeNano) / 1e6),
		timeNano,
	};
};

const sharedTexts = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(texts).map(([key, value]) => [key, sharedText(value)]));

const parsedFields = (line: string): Readonly<Record<string, unknown>> => {
	try {
		return record(JSON.parse(line));
	} catch {
		return {};
	}
};
