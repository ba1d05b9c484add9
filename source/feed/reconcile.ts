import {containerId} from '../engine/decode/ids.ts';
import type {ContainerId, EngineEvent} from '../engine/types.ts';

/** What has to be looked at again after an event. */
export type Reaction =
	/** `turn` tells that a run of the container began or ended. */
	| {readonly kind: 'inspect'; readonly id: ContainerId; readonly turn?: 'started' | 'stopped'}
	| {readonly kind: 'removed'; readonly id: ContainerId}
	| {readonly kind: 'list-images'}
	| {readonly kind: 'nothing'};

type Effect = 'inspect' | 'started' | 'stopped' | 'removed' | 'images' | 'nothing';

/**
 * By the container's action, as Docker (moby `api/types/events`) and Podman spell it. An action that is not here
 * is answered by an inspect, which is always right; what is here as `nothing` changes nothing we show,
 * and most of it is caused by calls of our own.
 */
const containerEffects: ReadonlyMap<string, Effect> = new Map<string, Effect>([
	['start', 'started'],
	['die', 'stopped'],
	['died', 'stopped'],
	['destroy', 'removed'],
	['remove', 'removed'],
	['commit', 'images'],
	['prune', 'nothing'],
	['attach', 'nothing'],
	['detach', 'nothing'],
	['resize', 'nothing'],
	['top', 'nothing'],
	['copy', 'nothing'],
	['archive-path', 'nothing'],
	['extract-to-dir', 'nothing'],
	['export', 'nothing'],
	['checkpoint', 'nothing'],
	['exec', 'nothing'],
	['exec_create', 'nothing'],
	['exec_start', 'nothing'],
	['exec_die', 'nothing'],
	['exec_died', 'nothing'],
	['exec_detach', 'nothing'],
	['mount', 'nothing'],
	['unmount', 'nothing'],
	['sync', 'nothing'],
]);

const silentImageActions: ReadonlySet<string> = new Set(['push', 'save', 'mount', 'unmount']);

/** A health probe makes three of these each time, a list of processes one; they say nothing a person wants to read. */
const noise: ReadonlySet<string> = new Set([
	'top',
	'exec',
	'exec_create',
	'exec_start',
	'exec_die',
	'exec_died',
	'exec_detach',
]);

const nothing: Reaction = {kind: 'nothing'};

export const isNoise = (event: EngineEvent): boolean => event.type === 'container' && noise.has(event.action);

export const reactionTo = (event: EngineEvent): Reaction => {
	switch (event.type) {
		case 'container':
			return containerReaction(event.actorId, event.action);
		case 'network':
			return networkReaction(event);
		case 'image':
			return silentImageActions.has(event.action) ? nothing : {kind: 'list-images'};
		default:
			return nothing;
	}
};

const containerReaction = (actorId: string, action: string): Reaction => {
	if (actorId === '') return nothing;
	const id = containerId(actorId);
	const effect = containerEffects.get(action) ?? 'inspect';
	switch (effect) {
		case 'inspect':
			return {kind: 'inspect', id};
		case 'started':
		case 'stopped':
			return {kind: 'inspect', id, turn: effect};
		case 'removed':
			return {kind: 'removed', id};
		case 'images':
			return {kind: 'list-images'};
		case 'nothing':
			return nothing;
		default:
			return effect satisfies never;
	}
};

/** Joining or leaving a network changes the container, which is named by an attribute only. */
const networkReaction = ({action, attributes}: EngineEvent): Reaction => {
	const member = attributes.container;
	if (member === undefined || member === '') return nothing;
	if (action !== 'connect' && action !== 'disconnect') return nothing;
	return {kind: 'inspect', id: containerId(member)};
};
