import {sanitise} from '../format/sanitise.ts';
import type {State} from '../state/model.ts';
import {registryRow} from '../state/selectors/registries-rows.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {goTo, needsHost, parsed, parseHost} from './registry-places.ts';
import {showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

const selectedHost = (state: State): string | undefined => {
	const place = openPlace(state);
	return place?.level === 'registries' ? cursorRowKey(state, 'registries') : undefined;
};

/** What can be done with the list of registries. */
export const hostCommands: readonly Command[] = [
	{
		id: 'registries.open',
		scope: 'registries',
		title: 'open',
		help: 'Lists the repositories of the registry',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: needsHost,
		run: context => {
			const host = selectedHost(context.store.getState());
			if (host !== undefined) goTo(context, {level: 'repositories', host});
		},
	},
	{
		id: 'registries.add',
		scope: 'registries',
		title: 'add',
		help: 'Adds a registry to the list; it is remembered',
		keys: ['a'],
		group: 'act',
		inFooter: 2,
		form: () => ({
			title: 'Add a registry',
			action: 'Add',
			fields: [
				{
					id: 'host',
					label: 'Registry',
					hint: 'host or host:port',
					kind: 'text',
					initial: '',
					check: text => {
						const host = parseHost(text);
						return host.ok ? undefined : host.reason;
					},
				},
			],
		}),
		run: ({store}, {values = {}}) => {
			const host = parsed(parseHost(values.host ?? ''), 'host');
			store.dispatch({type: 'registry/host-added', host}, {type: 'ui/landed', list: 'registries', key: host});
		},
	},
	{
		id: 'registries.forget',
		scope: 'registries',
		title: 'forget',
		help: 'Takes a registry out of the list that was added by hand',
		keys: ['d'],
		group: 'act',
		inFooter: 3,
		disabledReason: state => {
			const host = selectedHost(state);
			if (host === undefined) return 'no registry is selected';
			return registryRow(state, host)?.isAdded === true
				? undefined
				: 'it was not added by hand: an account or an image names it';
		},
		run: context => {
			const host = selectedHost(context.store.getState());
			if (host === undefined) return;
			context.store.dispatch({type: 'registry/host-forgotten', host});
			showSuccess(context, `${sanitise(host)} forgotten`);
		},
	},
];
