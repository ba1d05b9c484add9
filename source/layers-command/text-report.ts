import {type Paper, plainTable} from '../components/plain-table.ts';
import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {shortId} from '../format/image-name.ts';
import {dockerfileInstruction} from '../format/instruction.ts';
import {sanitise} from '../format/sanitise.ts';
import {maskText} from '../format/secrets.ts';
import type {RuleResult} from '../layers/reports/ci.ts';
import type {ImageReport} from '../layers/reports/image-report.ts';
import type {SecretFile, SecretReport} from '../layers/reports/secrets.ts';
import type {WasteItem, WasteReason} from '../layers/reports/waste.ts';
import {layerFacts} from '../layers/tree/layer-facts.ts';
import {shownPath} from '../layers/tree/paths.ts';
import type {ImageLayer} from '../layers/types.ts';

/** Rounded down: 99.97 is not said to be 100. */
const percent = (share: number): string => `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;

const path = (latin1: string): string => sanitise(`/${shownPath(latin1)}`);

const instruction = ({createdBy, comment, absence}: ImageLayer): string => {
	const text =
		sanitise(maskText(dockerfileInstruction(createdBy))) || sanitise(comment) || '(nobody says what made it)';
	return absence === undefined ? text : `${text} (${sanitise(absence)})`;
};

const layerTable = ({tree, waste}: ImageReport, paper: Paper): readonly string[] => {
	const facts = layerFacts(tree);
	const rows = tree.layers.map(layer => {
		const {files, added, modified, removed, contentBytes, cumulativeBytes} = facts[layer.index] ?? noFacts;
		const isKnown = layer.entries !== undefined;
		return {
			cells: [
				String(layer.index),
				isKnown ? formatSize(contentBytes) : '-',
				formatSize(cumulativeBytes),
				isKnown ? String(files) : '-',
				added === 0 ? '' : `+${added}`,
				modified === 0 ? '' : `~${modified}`,
				removed === 0 ? '' : `-${removed}`,
				instruction(layer),
			],
			...(layer.index < waste.baseLayers ? {tone: 'dim' as const} : {}),
		};
	});
	const numbers = ['#', 'SIZE', 'TOTAL', 'FILES', 'ADDED', 'CHANGED', 'GONE'];
	return plainTable(
		[...numbers.map(header => ({header, align: 'right' as const})), {header: 'INSTRUCTION'}],
		rows,
		paper,
	);
};

const noFacts = {files: 0, added: 0, modified: 0, removed: 0, contentBytes: 0, cumulativeBytes: 0};

const reasons: Readonly<Record<WasteReason, string>> = {
	overwritten: 'overwritten',
	metadata: 'only mode, owner or time changed',
	deleted: 'deleted',
	'deleted-directory': 'directory deleted',
	'replaced-directory': 'directory replaced',
};

const wasteTable = (items: readonly WasteItem[], paper: Paper): readonly string[] =>
	plainTable(
		[
			{header: 'WASTED', align: 'right'},
			{header: 'COPIES', align: 'right'},
			{header: 'IN'},
			{header: 'BY'},
			{header: 'WHY'},
			{header: 'PATH'},
		],
		items.map(item => ({
			cells: [
				formatSize(item.bytes),
				String(item.copies),
				item.layers.join(','),
				item.hiddenBy.join(','),
				reasons[item.reason],
				path(item.path),
			],
		})),
		paper,
		'middle',
	);

const more = (all: number, shown: number): readonly string[] =>
	all > shown ? [`… and ${counted(all - shown, 'path')} more: --waste ${all} shows them all`] : [];

const ourWaste = ({waste, isBaseExcluded}: ImageReport, count: number, paper: Paper): readonly string[] => {
	const {efficiency, wastedBytes, storedBytes, userBytes, userWastedBytes, userWastedShare, items} = waste;
	const base = counted(waste.baseLayers, 'layer');
	return [
		`Efficiency ${percent(efficiency)}: of ${formatSize(storedBytes)} stored ${isBaseExcluded ? `above the base (${base}) ` : ''}${formatSize(wastedBytes)} are of no use to the final image.`,
		...(isBaseExcluded || userBytes === 0
			? []
			: [
					`Of ${formatSize(userBytes)} above the base (${base}) ${formatSize(userWastedBytes)} are wasted, ${percent(userWastedShare)}.`,
				]),
		...(items.length === 0 || count === 0 ? [] : ['', ...wasteTable(items.slice(0, count), paper)]),
		...(count === 0 ? [] : more(items.length, count)),
	];
};

const diveWaste = ({dive}: ImageReport, count: number, paper: Paper): readonly string[] => {
	if (dive === undefined) return [];
	const {efficiency, wastedBytes, userBytes, wastedUserPercent, items} = dive;
	const rows = items.slice(0, count).map(item => ({
		cells: [formatSize(item.bytes), String(item.layers.length), item.layers.join(','), path(item.path)],
	}));
	return [
		`By dive's definitions: efficiency ${percent(efficiency)}, wasted ${formatSize(wastedBytes)}, ${percent(wastedUserPercent)} of ${formatSize(userBytes)} above the lowest layer.`,
		...(rows.length === 0
			? []
			: [
					'',
					...plainTable(
						[
							{header: 'SIZE', align: 'right'},
							{header: 'COUNT', align: 'right'},
							{header: 'IN'},
							{header: 'PATH'},
						],
						rows,
						paper,
						'middle',
					),
				]),
		...(count === 0 ? [] : more(items.length, count)),
	];
};

const secretTable = (files: readonly SecretFile[], paper: Paper): readonly string[] =>
	plainTable(
		[
			{header: 'IN', align: 'right'},
			{header: 'HIDDEN BY', align: 'right'},
			{header: 'WHAT'},
			{header: 'PATH'},
		],
		files.map(({layer, hiddenBy, title, path: name}) => ({
			cells: [String(layer), hiddenBy === undefined ? '' : String(hiddenBy), title, path(name)],
		})),
		paper,
		'middle',
	);

const secretLines = ({hidden, shown, settings}: SecretReport, paper: Paper): readonly string[] => {
	const {theme} = paper;
	const settingsText = settings.map(({place, name, step}) => {
		const where = place === 'env' ? 'in the environment of every container' : 'in the history';
		return `${sanitise(name)} ${where}${step === undefined ? '' : ` (step ${step + 1})`}`;
	});
	return [
		...(hidden.length === 0
			? []
			: [
					'',
					theme.paint(
						'trouble',
						`${counted(hidden.length, 'secret')} hidden by a later layer, and still in the image for all who have it:`,
					),
					...secretTable(hidden, paper),
				]),
		...(shown.length === 0
			? []
			: [
					'',
					theme.paint('watch', `${counted(shown.length, 'file')} that may be secret:`),
					...secretTable(shown, paper),
				]),
		...(settings.length === 0
			? []
			: ['', theme.paint('watch', 'Settings that may be secret:'), ...settingsText.map(text => `  ${text}`)]),
	];
};

/** The results of rules, one a line. */
const ruleLines = (rules: readonly RuleResult[], {theme}: Paper): readonly string[] => {
	const tones = {PASS: 'good', FAIL: 'trouble', SKIP: 'dim'} as const;
	return rules.map(({rule, status, words}) => `${theme.paint(tones[status], status)} ${rule}: ${words}`);
};

/** A report for people, line by line. @param wasteItems how many wasted paths are shown */
export const textReport = (report: ImageReport, wasteItems: number, paper: Paper): readonly string[] => {
	const {target, identity, tree, dive, secrets, rules} = report;
	const names = [...new Set([target, ...identity.references])].map(sanitise).join(', ');
	const {configDigest, platform} = identity;
	return [
		`${paper.theme.paint('title', names)}  ${sanitise(platform)}  ${shortId(configDigest)}  ${counted(tree.layers.length, 'layer')}`,
		'',
		...layerTable(report, paper),
		'',
		...(dive === undefined ? ourWaste(report, wasteItems, paper) : diveWaste(report, wasteItems, paper)),
		...secretLines(secrets, paper),
		...(rules === undefined ? [] : ['', ...ruleLines(rules, paper)]),
	];
};
