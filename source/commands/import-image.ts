import {basename} from 'node:path';
import process from 'node:process';
import {shortId} from '../format/image-name.ts';
import {parseChange, parseImportChanges} from '../format/import-changes.ts';
import {accept, type Parsed} from '../format/parsed.ts';
import {parsePlatform} from '../format/platform.ts';
import type {FieldSpec} from '../state/overlays.ts';
import {imageNamed} from '../state/selectors/images.ts';
import {checkNewName} from './commit.ts';
import {offlineReason} from './container-actions.ts';
import {lookAt, pathHere} from './load-images.ts';
import {localPath} from './local-path.ts';
import {platformFields, referenceOf} from './pull.ts';
import {requestJob} from './request-job.ts';
import {type Command, FormProblem} from './types.ts';

type Values = Readonly<Record<string, string>>;

const instructionFields = [
	['CMD', 'Command', '["nginx", "-g", "daemon off;"] or a line for a shell'],
	['ENTRYPOINT', 'Entrypoint', '["/entry.sh"]'],
	['ENV', 'Variables', 'A=b LANG="C UTF-8"'],
	['EXPOSE', 'Ports', '80 443 53/udp'],
	['USER', 'User', 'name or id, :group when wanted'],
	['WORKDIR', 'Directory', '/srv'],
] as const;

const complaint = (parsed: Parsed<unknown>): string | undefined => (parsed.ok ? undefined : parsed.reason);

const changeFields: readonly FieldSpec[] = [
	...instructionFields.map(
		([instruction, label, hint]): FieldSpec => ({
			id: instruction,
			label,
			hint,
			kind: 'text',
			initial: '',
			check: value => complaint(parseChange(instruction, value)),
		}),
	),
	{
		id: 'changes',
		label: 'More',
		hint: 'VOLUME /data; LABEL a=b; HEALTHCHECK NONE',
		kind: 'text',
		initial: '',
		check: value => complaint(parseImportChanges(value)),
	},
];

/** Everything that the fields change, in the order of the form. @throws FormProblem at the field that is wrong */
const changesOf = (values: Values): readonly string[] => {
	const parts = [
		...instructionFields.map(([name]) => [name, parseChange(name, values[name] ?? '')] as const),
		['changes', parseImportChanges(values.changes ?? '')] as const,
	];
	return parts.flatMap(([field, parsed]) => {
		if (!parsed.ok) throw new FormProblem(parsed.reason, field);
		return parsed.value;
	});
};

const platformOf = (text: string): string | undefined => {
	const parsed = text === '' ? accept(undefined) : parsePlatform(text);
	if (!parsed.ok) throw new FormProblem(parsed.reason, 'platform');
	return parsed.value;
};

export const importImageCommand: Command = {
	id: 'images.import',
	scope: 'images',
	title: 'import',
	help: 'Makes an image of the root file system in a tar file here, with a configuration of its own',
	keys: [],
	group: 'danger',
	argument: 'FILE',
	disabledReason: offlineReason,
	form: (state, {argument, prefill}) => ({
		title: 'Import a root file system',
		action: 'Import',
		fields: [
			{
				id: 'reference',
				label: 'Image',
				hint: 'repository:tag; without one the image has no name',
				kind: 'text',
				initial: '',
				check: value => (value.trim() === '' ? undefined : checkNewName(value)),
			},
			pathHere(prefill?.path ?? argument ?? `${process.cwd()}/`.replace('//', '/')),
			...changeFields,
			{id: 'message', label: 'Message', hint: 'for the history', kind: 'text', initial: ''},
			...platformFields(state, "os/architecture of the files, the engine's own when not given"),
			{
				id: 'move',
				label: 'Move tag',
				hint: 'take the name from an image that has it',
				kind: 'toggle',
				initial: '',
			},
		],
	}),
	run: async (context, {values = {}}) => {
		const named = values.reference ?? '';
		const reference = named === '' ? '' : referenceOf(named, 'reference');
		const holder = reference === '' ? undefined : imageNamed(context.store.getState(), reference);
		if (holder !== undefined && values.move !== 'yes') {
			const problem = `${reference} names image ${shortId(holder.id)} already: switch this on, or choose another name`;
			throw new FormProblem(problem, 'move');
		}
		const changes = changesOf(values);
		const platform = platformOf(values.platform ?? '');
		const path = localPath(values.path ?? '');
		const look = await lookAt(path);
		if (look.kind === 'images')
			throw new FormProblem(`${path} is an archive of images: leave this, and load it with I`, 'path');
		requestJob(context, `${basename(path)}${reference === '' ? '' : ` → ${reference}`}`, {
			kind: 'import',
			path,
			reference,
			changes,
			message: values.message ?? '',
			...(platform === undefined ? {} : {platform}),
		});
	},
};
