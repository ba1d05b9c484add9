import {isManifest} from '../resources/manifest.ts';
import {offlineReason} from './container-actions.ts';
import {goTo} from './registry-places.ts';
import {copyLines, pullAll, pullLine} from './remote-acts.ts';
import {
	copiedOfManifest,
	manifestPlace,
	manifestRow,
	manifestTarget,
	needsManifest,
} from './remote-targets.ts';
import type {Command, CommandContext} from './types.ts';

/** Into the manifest that the row under the cursor names. */
const enterManifest = (context: CommandContext): void => {
	const state = context.store.getState();
	const place = manifestPlace(state);
	const row = manifestRow(state);
	if (place === undefined || row?.digest === undefined) return;
	const {host, repository, reference, parents = []} = place;
	goTo(context, {
		level: 'manifest',
		host,
		repository,
		reference: row.digest,
		parents: [...parents, reference],
	});
};

/** What can be done with a manifest, and with what it names. */
export const manifestCommands: readonly Command[] = [
	{
		id: 'manifest.open',
		scope: 'manifest',
		title: 'open',
		help: 'Goes into the platform, the attestation or the referrer under the cursor',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: state => {
			const row = manifestRow(state);
			return row !== undefined && isManifest(row) ? undefined : 'there is nothing to go into';
		},
		run: enterManifest,
	},
	{
		id: 'manifest.pull',
		scope: 'manifest',
		title: 'pull',
		help: 'Pulls what is open, or the platform or manifest under the cursor',
		keys: ['P'],
		group: 'danger',
		inFooter: 2,
		isKeyOnly: true,
		disabledReason: state => needsManifest(state) ?? offlineReason(state),
		run: async context => {
			const target = manifestTarget(context.store.getState());
			if (target !== undefined) await pullAll(context, [target]);
		},
	},
	{
		id: 'manifest.run',
		scope: 'manifest',
		title: 'run',
		help: 'Runs a container from what is open, pulled when it is not here',
		keys: ['R'],
		group: 'danger',
		inFooter: 3,
		isKeyOnly: true,
		disabledReason: state => needsManifest(state) ?? offlineReason(state),
		run: ({store, invoke}) => {
			const target = manifestTarget(store.getState());
			if (target !== undefined) invoke('images.run', {argument: target.reference});
		},
	},
	{
		id: 'manifest.copy',
		scope: 'manifest',
		title: 'copy',
		help: 'Copies the reference by digest, of a layer its digest, of all else its text (OSC 52)',
		keys: ['y'],
		group: 'view',
		inFooter: 21,
		disabledReason: state => (manifestRow(state) === undefined ? 'nothing is listed' : undefined),
		run: context => {
			const text = copiedOfManifest(context.store.getState());
			if (text !== undefined) copyLines(context, [text], 'reference');
		},
	},
	{
		id: 'manifest.copy-pull-line',
		scope: 'manifest',
		title: 'copy pull line',
		help: 'Copies the docker pull line, with the platform under the cursor (OSC 52)',
		keys: ['Y'],
		group: 'view',
		disabledReason: needsManifest,
		run: context => {
			const target = manifestTarget(context.store.getState());
			if (target !== undefined) copyLines(context, [pullLine(target)], 'line');
		},
	},
];
