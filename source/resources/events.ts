import type {EngineEvent} from '../engine/types.ts';
import {formatClock} from '../format/duration.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

const actorName = ({attributes, actorId}: EngineEvent): string =>
	sanitise(attributes.name || (/^(?:sha256:)?[0-9a-f]{64}$/.test(actorId) ? shortId(actorId) : actorId));

/** What the attributes add to the action: the exit code, the signal, the image … */
const detail = ({type, actionDetail, attributes}: EngineEvent): string => {
	const {exitCode, signal, image, container} = attributes;
	const parts = [
		actionDetail,
		exitCode === undefined ? undefined : `exit ${exitCode}`,
		signal === undefined ? undefined : `signal ${signal}`,
		type === 'container' ? image : undefined,
		container === undefined ? undefined : shortId(container),
	];
	return sanitise(parts.filter(part => part !== undefined && part !== '').join(' '));
};

const tone = ({action, actionDetail, attributes}: EngineEvent): Token | undefined => {
	if (action === 'oom' || actionDetail === 'unhealthy') return 'trouble';
	if (action === 'die') return attributes.exitCode === '0' ? undefined : 'trouble';
	return action === 'start' || actionDetail === 'healthy' ? 'good' : undefined;
};

const columns: readonly Column<EngineEvent>[] = [
	{
		id: 'time',
		isNumeric: true,
		header: 'TIME',
		align: 'left',
		priority: 2,
		width: {min: 8, ideal: 8},
		cell: event => ({text: formatClock(event.at), tone: 'dim'}),
		compare: byNumber(event => event.at),
	},
	{
		id: 'type',
		header: 'TYPE',
		align: 'left',
		priority: 4,
		width: {min: 9, ideal: 9},
		cell: event => ({text: sanitise(event.type), tone: 'dim'}),
		compare: byText(event => event.type),
	},
	{
		id: 'action',
		header: 'ACTION',
		align: 'left',
		priority: 3,
		width: {min: 8, ideal: 13},
		cell: event => ({text: sanitise(event.action), tone: tone(event)}),
		compare: byText(event => event.action),
	},
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 10, ideal: 24, max: 60},
		cell: event => ({text: actorName(event), cut: 'middle'}),
		compare: byText(actorName),
	},
	{
		id: 'detail',
		header: 'DETAIL',
		align: 'left',
		priority: 5,
		width: {min: 10, ideal: 30, max: 120},
		cell: event => ({text: detail(event), tone: 'dim'}),
		compare: byText(detail),
	},
];

const keys = new WeakMap<EngineEvent, string>();

/** Made once per event: all that are kept are asked for theirs whenever one is added. */
const keyOf = (event: EngineEvent): string => {
	const known = keys.get(event);
	if (known !== undefined) return known;
	const {timeNano, type, action, actorId} = event;
	const key = `${timeNano} ${type} ${action} ${actorId}`;
	keys.set(event, key);
	return key;
};

export const events = {
	id: 'events',
	title: 'Events',
	columns,
	rowId: keyOf,
	search: {
		text: event => [event.type, event.action, actorName(event), detail(event)].join('\n').toLowerCase(),
		fields: {
			type: event => [event.type],
			action: event => [event.action],
			name: event => [actorName(event)],
			id: event => [event.actorId],
			image: event => [event.attributes.image ?? ''],
		},
		labels: event => event.attributes,
	},
	emptyMessage: 'No events yet. What happens at the engine appears here.',
} as const satisfies Resource<EngineEvent>;
