import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {EngineEvent} from '../../source/engine/types.ts';
import {isNoise, type Reaction, reactionTo} from '../../source/feed/reconcile.ts';
import {idOf} from '../helpers/objects.ts';

const id = idOf(1);

const eventOf = (facts: Partial<EngineEvent>): EngineEvent => ({
	type: 'container',
	action: '',
	actorId: id,
	attributes: {},
	at: 0,
	timeNano: '0',
	...facts,
});

const nothing: Reaction = {kind: 'nothing'};
const inspect: Reaction = {kind: 'inspect', id};
const images: Reaction = {kind: 'list-images'};

const table: readonly (readonly [facts: Partial<EngineEvent>, reaction: Reaction])[] = [
	...[
		'create',
		'kill',
		'stop',
		'restart',
		'pause',
		'unpause',
		'rename',
		'update',
		'oom',
		'health_status',
		'init',
		'cleanup',
	].map(action => [{action}, inspect] as const),
	[{action: 'start'}, {kind: 'inspect', id, turn: 'started'}],
	[{action: 'die'}, {kind: 'inspect', id, turn: 'stopped'}],
	[{action: 'died'}, {kind: 'inspect', id, turn: 'stopped'}],
	[{action: 'destroy'}, {kind: 'removed', id}],
	[{action: 'remove'}, {kind: 'removed', id}],
	[{action: 'commit'}, images],
	...['exec_create', 'exec_start', 'exec_die', 'exec_died', 'attach', 'resize', 'top', 'archive-path'].map(
		action => [{action}, nothing] as const,
	),
	[{action: 'prune', actorId: ''}, nothing],
	[{action: 'start', actorId: ''}, nothing],
	[{action: 'constructor'}, inspect],
	...['pull', 'tag', 'untag', 'delete', 'import', 'load', 'prune', 'remove'].map(
		action => [{type: 'image', action}, images] as const,
	),
	[{type: 'image', action: 'push'}, nothing],
	[{type: 'image', action: 'save'}, nothing],
	[{type: 'network', action: 'connect', actorId: 'n', attributes: {container: id}}, inspect],
	[{type: 'network', action: 'disconnect', actorId: 'n', attributes: {container: id}}, inspect],
	[{type: 'network', action: 'disconnect', actorId: 'n'}, nothing],
	[{type: 'network', action: 'create', actorId: 'n'}, nothing],
	[{type: 'volume', action: 'mount', attributes: {container: id}}, nothing],
	[{type: 'daemon', action: 'reload'}, nothing],
	[{type: 'builder', action: 'prune'}, nothing],
];

describe('the reaction to an event', () => {
	for (const [facts, reaction] of table) {
		it(`${facts.type ?? 'container'} ${facts.action}${facts.actorId === '' ? ' of nobody' : ''}`, () => {
			assert.deepEqual(reactionTo(eventOf(facts)), reaction);
		});
	}
});

describe('noise', () => {
	it('is what a health probe makes, and nothing else', () => {
		assert.ok(isNoise(eventOf({action: 'exec_create'})));
		assert.ok(!isNoise(eventOf({action: 'health_status'})));
		assert.ok(!isNoise(eventOf({type: 'plugin', action: 'exec_create'})));
	});
});
