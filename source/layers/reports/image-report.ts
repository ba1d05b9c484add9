import type {ImageIdentity, ImageTree} from '../types.ts';
import type {CiFigures, RuleResult} from './ci.ts';
import {type DiveReport, diveReportOf} from './dive.ts';
import {type SecretReport, secretsOf} from './secrets.ts';
import {type Waste, type WasteOptions, wasteOf} from './waste.ts';

/** All that is said of one image. */
export type ImageReport = {
	/** As it was asked for. */
	readonly target: string;
	readonly identity: ImageIdentity;
	readonly tree: ImageTree;
	readonly waste: Waste;
	readonly isBaseExcluded: boolean;
	/** Figures as dive has them, where they were asked for. */
	readonly dive?: DiveReport;
	readonly secrets: SecretReport;
	/** Where rules were asked for. */
	readonly rules?: readonly RuleResult[];
};

export type ReportOptions = WasteOptions & {readonly isDiveCompatible?: boolean};

export const imageReportOf = (
	target: string,
	{tree, identity}: {readonly tree: ImageTree; readonly identity: ImageIdentity},
	{isDiveCompatible = false, ...options}: ReportOptions,
): ImageReport => ({
	target,
	identity,
	tree,
	waste: wasteOf(tree, options),
	isBaseExcluded: options.isBaseExcluded ?? false,
	...(isDiveCompatible ? {dive: diveReportOf(tree)} : {}),
	secrets: secretsOf(tree),
});

/** What rules judge: dive's figures where they were asked for. */
export const figuresOf = ({waste, dive, secrets}: ImageReport): CiFigures => ({
	efficiency: dive?.efficiency ?? waste.efficiency,
	wastedBytes: dive?.wastedBytes ?? waste.wastedBytes,
	userWastedShare: dive?.wastedUserPercent ?? waste.userWastedShare,
	hiddenSecrets: secrets.hidden.length,
});
