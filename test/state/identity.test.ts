import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {imageId} from '../../source/engine/decode/ids.ts';
import type {ImageId} from '../../source/engine/types.ts';
import type {Message, UiMessage} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import type {CommandInput, Overlay} from '../../source/state/overlays.ts';
import {reduce} from '../../source/state/reduce.ts';
import {createStore} from '../../source/state/store.ts';
import {textValue} from '../../source/state/text-edit.ts';
import {requestOf} from '../helpers/log-view.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';
import {after, now, worldOf} from './world.ts';

const world = worldOf({containers: [containerOf(1, {details: detailsOf()}), containerOf(2)]});
const logs = after(world, {
	type: 'ui/screen-opened',
	screen: {kind: 'container', containerId: idOf(1), tab: 'logs'},
});
const document = after(
	world,
	{type: 'ui/screen-opened', screen: {kind: 'image', imageId: 'i' as ImageId, tab: 'inspect'}},
	{type: 'engine/document-loaded', objectId: 'i', value: {}},
);
const ended = after(
	world,
	{type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now},
	{type: 'engine/transfer-started', id: 'p', at: now},
	{type: 'engine/transfer-ended', id: 'p', outcome: 'done', at: now},
);
const queued = after(
	world,
	{type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now},
	{type: 'ui/transfer-cancelled', id: 'p'},
);
const typingFilter = after(world, {type: 'ui/filter-opened', list: 'containers'});

const input: CommandInput = {targets: []};
const overlays = {
	form: {
		kind: 'form',
		commandId: 'x.form',
		input,
		spec: {title: 'Form', action: 'Do', fields: []},
		values: {},
		cursor: 0,
		isBusy: false,
	},
	palette: {kind: 'palette', query: textValue(''), cursor: 0},
	help: {kind: 'help', query: textValue(''), offset: 0, scopes: []},
	messages: {kind: 'messages', offset: 0},
	confirm: {
		kind: 'confirm',
		commandId: 'x.confirm',
		input,
		spec: {title: 'Sure?', lines: [], action: 'Do', toggles: []},
		toggles: {},
		typed: textValue(''),
	},
	choice: {
		kind: 'choice',
		commandId: 'x.choice',
		input,
		spec: {title: 'Which?', field: 'which', items: [{id: 'a', label: 'a'}]},
		cursor: 0,
	},
} as const satisfies Record<Overlay['kind'], Overlay>;

const over = (kind: Overlay['kind']): State =>
	after(world, {type: 'ui/overlay-opened', overlay: overlays[kind]});

const up = {kind: 'lines', count: -1} as const;
const left = {kind: 'left'} as const;
const fault = {kind: 'api', message: 'no', at: now} as const;
const notShown = idOf(9);
const otherLog = requestOf([]);

/** Messages that change nothing where they arrive. What always makes a difference is not here. */
const unchanged: readonly (readonly [where: string, state: State, message: Message])[] = [
	['live', world, {type: 'engine/connecting'}],
	['the same list', world, {type: 'engine/containers-listed', containers: [containerOf(1), containerOf(2)]}],
	['no container', world, {type: 'engine/containers-changed', changed: [], removed: []}],
	['unknown container', world, {type: 'engine/containers-changed', changed: [], removed: [notShown]}],
	['no event', world, {type: 'engine/events-arrived', events: []}],
	['no sample', world, {type: 'engine/stats-sampled', samples: [], at: now}],
	['unknown transfer', world, {type: 'engine/transfer-started', id: 'q', at: now}],
	['ended transfer', ended, {type: 'engine/transfer-started', id: 'p', at: now}],
	['unknown transfer', world, {type: 'engine/transfer-progressed', id: 'q', progress: [], at: now}],
	['unknown transfer', world, {type: 'engine/transfer-ended', id: 'q', outcome: 'done', at: now}],
	['no log shown', world, {type: 'engine/logs-opened', request: otherLog, containerId: idOf(1)}],
	['another log', logs, {type: 'engine/logs-opened', request: otherLog, containerId: idOf(1)}],
	['another log', logs, {type: 'engine/logs-appended', request: otherLog, parts: []}],
	['no line', logs, {type: 'engine/logs-appended', request: logs.logs?.request ?? otherLog, parts: []}],
	['another log', logs, {type: 'engine/logs-ended', request: otherLog, containerId: idOf(1)}],
	['another log', logs, {type: 'engine/older-logs-loaded', request: otherLog, parts: []}],
	['another log', logs, {type: 'engine/older-logs-failed', request: otherLog}],
	['no log', world, {type: 'logs/follow-set', isFollowing: true}],
	['follows already', logs, {type: 'logs/follow-set', isFollowing: true}],
	['no log', world, {type: 'logs/look-toggled', part: 'isWrapped'}],
	['nothing to look for', logs, {type: 'logs/find-moved', step: 1}],
	['at the left edge', logs, {type: 'logs/moved-sideways', cells: -20}],
	['another document', document, {type: 'engine/document-loaded', objectId: notShown, value: null}],
	['another document', document, {type: 'engine/document-failed', objectId: notShown, fault}],
	['the same time', world, {type: 'clock/ticked', now}],
	['the same size', world, {type: 'ui/resized', columns: 120, rows: 40}],
	['focused already', world, {type: 'ui/pane-focused', pane: 'containers'}],
	['not zoomed', world, {type: 'ui/zoom-set', isZoomed: false}],
	['there already', world, {type: 'ui/screen-opened', screen: {kind: 'dashboard'}}],
	[
		'there already',
		logs,
		{type: 'ui/screen-opened', screen: {kind: 'container', containerId: idOf(1), tab: 'logs'}},
	],
	[
		'there already',
		document,
		{type: 'ui/screen-opened', screen: {kind: 'image', imageId: 'i' as ImageId, tab: 'inspect'}},
	],
	['at the first row', world, {type: 'ui/moved', list: 'containers', movement: up}],
	['an empty list', world, {type: 'ui/moved', list: 'images', movement: up}],
	['there already', world, {type: 'ui/landed', list: 'containers', key: idOf(1)}],
	['nothing to mark', world, {type: 'ui/mark-toggled', list: 'containers', keys: []}],
	['no marks', world, {type: 'ui/marks-set', list: 'containers', keys: []}],
	['no filter', world, {type: 'ui/filter-cleared', list: 'containers'}],
	['nobody types', world, {type: 'ui/filter-edited', edit: {kind: 'insert', text: 'x'}}],
	['an empty field', typingFilter, {type: 'ui/filter-edited', edit: left}],
	['nobody types', world, {type: 'ui/filter-closed', isKept: true}],
	['nobody types', world, {type: 'ui/query-edited', edit: {kind: 'insert', text: 'x'}}],
	['nobody types', world, {type: 'ui/query-closed', isKept: true}],
	['nothing is looked for', world, {type: 'ui/query-cleared', id: 'logs.find'}],
	['the default order', world, {type: 'ui/sorted', list: 'containers', column: undefined}],
	['no overlay', world, {type: 'ui/overlay-closed'}],
	['no overlay', world, {type: 'ui/overlay-typed', edit: left}],
	['no overlay', world, {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['no overlay', world, {type: 'ui/overlay-toggled', id: 'force'}],
	['no overlay', world, {type: 'ui/form-submitted'}],
	['a form left', world, {type: 'ui/form-refused', input, problem: 'no'}],
	[
		'another question',
		over('confirm'),
		{
			type: 'ui/question-reworded',
			input: {targets: []},
			spec: {title: 'Else', lines: [], action: 'Do', toggles: []},
		},
	],
	['another form', over('form'), {type: 'ui/form-refused', input: {targets: []}, problem: 'no'}],
	['a form left', world, {type: 'ui/form-done', input}],
	['another form', over('form'), {type: 'ui/form-done', input: {targets: []}}],
	['an empty palette', over('palette'), {type: 'ui/overlay-typed', edit: left}],
	['a palette at its top', over('palette'), {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['an empty help', over('help'), {type: 'ui/overlay-typed', edit: left}],
	['help at its top', over('help'), {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['messages at their top', over('messages'), {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['no secret field', over('form'), {type: 'ui/secret-typed', shown: textValue('**')}],
	['messages take no text', over('messages'), {type: 'ui/overlay-typed', edit: {kind: 'insert', text: 'x'}}],
	['nothing to type', over('confirm'), {type: 'ui/overlay-typed', edit: {kind: 'insert', text: 'x'}}],
	['nowhere to go', over('confirm'), {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['one choice', over('choice'), {type: 'ui/overlay-moved', movement: up, limit: 0}],
	['no form is busy', over('form'), {type: 'ui/form-progressed', text: '1 of 2'}],
	['a form left', world, {type: 'ui/form-filled', input, form: {...overlays.form, input}}],
	['no toast', world, {type: 'ui/toasts-dismissed'}],
	['not busy', world, {type: 'ui/action-settled', actionId: 1, target: idOf(1), isFailed: false, until: now}],
	['unknown transfer', world, {type: 'ui/transfer-cancelled', id: 'q'}],
	['ended transfer', ended, {type: 'ui/transfer-cancelled', id: 'p'}],
	['cancelled already', queued, {type: 'ui/transfer-cancelled', id: 'p'}],
	['not waiting to be tried again', queued, {type: 'ui/transfer-hurried', id: 'p'}],
	['nothing finished', queued, {type: 'ui/transfers-cleared'}],
	['no reader', world, {type: 'ui/scrolled', movement: up}],
	['at the start', document, {type: 'ui/scrolled', movement: up}],
	['all on the screen', logs, {type: 'ui/scrolled', movement: up}],
];

/** New each time by their nature: a fact with its time, a switch, a request. */
const alwaysNew: ReadonlySet<Message['type']> = new Set<Message['type']>([
	'engine/connected',
	'engine/lost',
	'engine/images-listed',
	'engine/list-failed',
	'ui/filter-opened',
	'ui/query-opened',
	'ui/sort-reversed',
	'ui/running-only-toggled',
	'ui/grouping-toggled',
	'ui/project-folded',
	'ui/overlay-opened',
	'ui/toast-shown',
	'ui/action-started',
	'ui/transfer-requested',
	'ui/retry-wanted',
	'ui/look-wanted',
]);

const everyUiType: Readonly<Record<UiMessage['type'], true>> = {
	'ui/resized': true,
	'ui/pane-focused': true,
	'ui/zoom-set': true,
	'ui/screen-opened': true,
	'ui/moved': true,
	'ui/landed': true,
	'ui/mark-toggled': true,
	'ui/marks-set': true,
	'ui/filter-opened': true,
	'ui/filter-edited': true,
	'ui/filter-closed': true,
	'ui/filter-cleared': true,
	'ui/query-opened': true,
	'ui/form-progressed': true,
	'ui/form-filled': true,
	'ui/query-edited': true,
	'ui/query-closed': true,
	'ui/query-cleared': true,
	'ui/sorted': true,
	'ui/sort-reversed': true,
	'ui/running-only-toggled': true,
	'ui/grouping-toggled': true,
	'ui/project-folded': true,
	'ui/overlay-opened': true,
	'ui/overlay-closed': true,
	'ui/overlay-typed': true,
	'ui/secret-typed': true,
	'ui/overlay-moved': true,
	'ui/overlay-toggled': true,
	'ui/form-submitted': true,
	'ui/form-refused': true,
	'ui/question-reworded': true,
	'ui/form-done': true,
	'ui/toast-shown': true,
	'ui/toasts-dismissed': true,
	'ui/action-started': true,
	'ui/action-settled': true,
	'ui/transfer-requested': true,
	'ui/transfer-cancelled': true,
	'ui/transfer-hurried': true,
	'ui/transfers-cleared': true,
	'ui/retry-wanted': true,
	'ui/look-wanted': true,
	'ui/scrolled': true,
};

suite('a message that changes nothing leaves the very same state', () => {
	for (const [where, state, message] of unchanged) {
		test(`${message.type}: ${where}`, () => {
			assert.equal(reduce(state, message), state);
		});
	}

	test('every message that can change nothing is tried', () => {
		const tried = new Set(unchanged.map(([, , {type}]) => type));
		for (const type of Object.keys(everyUiType) as UiMessage['type'][])
			assert.notEqual(tried.has(type), alwaysNew.has(type), type);
	});
});

suite('a fact touches only its own part', () => {
	const facts: readonly (readonly [Message, keyof State])[] = [
		[{type: 'clock/ticked', now: now + 1000}, 'now'],
		[{type: 'engine/lost', fault, attempt: 1, retryAt: now}, 'engine'],
		[{type: 'ui/transfer-requested', id: 'p', reference: 'busy:1', at: now}, 'transfers'],
		[{type: 'ui/action-started', kind: 'container', actionId: 1, target: idOf(1), verb: 'stopping'}, 'busy'],
		[{type: 'ui/toast-shown', toast: {id: 1, kind: 'info', text: '', at: now}}, 'ui'],
		[{type: 'engine/images-listed', images: []}, 'images'],
	];
	for (const [message, part] of facts) {
		test(message.type, () => {
			const next = reduce(world, message);
			assert.notEqual(next[part], world[part]);
			for (const key of Object.keys(world) as (keyof State)[])
				if (key !== part) assert.equal(next[key], world[key], key);
		});
	}

	test('of containers, one that is told as before keeps its identity', () => {
		const listed = [containerOf(1), containerOf(2, {imageId: imageId('sha256:b')})];
		const next = reduce(world, {type: 'engine/containers-listed', containers: listed});
		assert.equal(next.containers.byId.get(idOf(1)), world.containers.byId.get(idOf(1)));
		assert.notEqual(next.containers.byId.get(idOf(2)), world.containers.byId.get(idOf(2)));
	});
});

suite('the store', () => {
	test('tells once for several messages, and not at all when nothing changed', () => {
		const store = createStore(world, reduce);
		let told = 0;
		const unsubscribe = store.subscribe(() => {
			told += 1;
		});
		store.dispatch({type: 'ui/zoom-set', isZoomed: true}, {type: 'ui/pane-focused', pane: 'images'});
		assert.equal(told, 1);
		store.dispatch({type: 'ui/zoom-set', isZoomed: true});
		store.dispatch();
		assert.equal(told, 1);
		unsubscribe();
		store.dispatch({type: 'ui/zoom-set', isZoomed: false});
		assert.equal(told, 1);
		assert.equal(store.getState().ui.isZoomed, false);
	});

	test('a listener may leave while it is told', () => {
		const store = createStore(world, reduce);
		const told: string[] = [];
		const leave = store.subscribe(() => {
			told.push('first');
			leave();
		});
		store.subscribe(() => told.push('second'));
		store.dispatch({type: 'ui/zoom-set', isZoomed: true});
		store.dispatch({type: 'ui/zoom-set', isZoomed: false});
		assert.deepEqual(told, ['first', 'second', 'second']);
	});
});
