import type {Container} from '../engine/types.ts';
import {hostOfEngine, type PortUrl, portUrls} from '../format/port-url.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {chosenContainers, containerTargets, singleReason} from './container-actions.ts';
import {showError, showInfo, showSuccess, wordsOf} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const urlsOf = (state: State, containers: readonly Container[]): readonly PortUrl[] =>
	portUrls(containers[0]?.ports ?? [], hostOfEngine(state.engine.place.address));

const isSelf = ({url, ports}: PortUrl, wanted: string): boolean =>
	url === wanted || ports.split('→').includes(wanted);

/** Shown, and copied where the terminal does that: the browser is where the person sits. */
const hand = (context: CommandContext, {url, isLocalElsewhere}: PortUrl, why: string): void => {
	const isCopied = context.terminal.copy(url);
	const note = isLocalElsewhere ? " (bound to the loopback address of the engine's host)" : '';
	showInfo(context, `${url}${note}${isCopied ? ', copied' : ''}: ${why}`);
};

export const openPortCommand: Command = {
	id: 'containers.open-port',
	scope: 'containers',
	title: 'web',
	help: 'Opens a published port in the browser; over SSH shows and copies its address',
	keys: ['w'],
	group: 'view',
	inFooter: 33,
	argument: 'PORT',
	targets: containerTargets,
	disabledReason: state => {
		const reason = singleReason()(state);
		if (reason !== undefined) return reason;
		return urlsOf(state, chosenContainers(state)).length === 0 ? 'it publishes no TCP port' : undefined;
	},
	choice: (state, {targets, argument}) => {
		const containers = containersNamed(state, targets);
		const urls = urlsOf(state, containers);
		if (urls.length < 2 || argument !== undefined) return undefined;
		return {
			title: `Open a port of ${containers[0]?.name ?? ''}`,
			items: urls.map(({url, ports}) => ({id: url, label: url, note: ports})),
			field: 'url',
		};
	},
	run: async (context, {targets, argument, values}) => {
		const state = context.store.getState();
		const urls = urlsOf(state, containersNamed(state, targets));
		const wanted = values?.url ?? argument;
		const chosen = wanted === undefined ? urls[0] : urls.find(each => isSelf(each, wanted));
		if (chosen === undefined) {
			showError(
				context,
				`no published TCP port ${wanted ?? ''}`,
				`there is ${urls.map(({ports}) => ports).join(', ')}`,
			);
			return;
		}
		const reason = context.browser.absence();
		if (reason !== undefined || chosen.isLocalElsewhere) {
			hand(context, chosen, reason ?? 'not reachable from here');
			return;
		}
		try {
			await context.browser.open(chosen.url);
			showSuccess(context, `opened ${chosen.url}`);
		} catch (error) {
			hand(context, chosen, wordsOf(error));
		}
	},
};
