import {demoChoice, isEngineHere} from '../state/selectors/move-target.ts';
import {isUnconnected} from '../state/selectors/unconnected.ts';
import {confirmLeaving} from './leaving.ts';
import type {Command} from './types.ts';

export const engineCommands: readonly Command[] = [
	{
		id: 'engine.choose',
		scope: 'global',
		title: 'engines',
		help: 'Goes to another engine: a context, a socket found on this machine, the demo',
		keys: ['H'],
		group: 'navigate',
		inFooter: 82,
		disabledReason: state => (state.engine.choices.length === 0 ? 'no other engine is known' : undefined),
		choice: state => ({
			title: 'Go to another engine',
			items: state.engine.choices.map(choice =>
				isEngineHere(state, choice) ? {...choice, note: `${choice.note}, here`} : choice,
			),
			field: 'engine',
		}),
		confirm: state => confirmLeaving(state, 'Leave this engine?'),
		run: ({openEngine}, {values}) => {
			const id = values?.engine;
			if (id !== undefined) openEngine(id);
		},
	},
	{
		id: 'engine.demo',
		scope: 'unconnected',
		title: 'demo',
		help: 'Shows Gantry on an embedded engine with an invented world',
		keys: ['D'],
		group: 'navigate',
		inFooter: 1,
		disabledReason: state =>
			isUnconnected(state) ? undefined : 'an engine has answered; H goes to the demo',
		run: ({openEngine}) => {
			openEngine(demoChoice);
		},
	},
	{
		id: 'engine.retry',
		scope: 'offline',
		title: 'retry now',
		help: 'Tries to reach the engine at once',
		keys: ['r'],
		group: 'act',
		inFooter: 0,
		run: ({store}) => {
			store.dispatch({type: 'ui/retry-wanted'});
		},
	},
];
