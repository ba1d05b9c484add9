import {setImmediate as nextTurn} from 'node:timers/promises';
import {inTurns} from '../layers/steps.ts';
import type {LayersDemand} from '../state/views/layers.ts';
import type {Session} from './context.ts';

/** Counts what an image wastes, and what in it looks like a secret, of what was read so far: in steps, while keys are heard. */
export const createLayersWaste = ({getState, post, scope}: Session) => {
	let current = '';

	const count = async (
		{treeCount, isBaseLeftOut}: NonNullable<LayersDemand['waste']>,
		key: string,
	): Promise<void> => {
		// Loaded when they are asked for.
		const [{wasteSteps}, {secretSteps}] = await Promise.all([
			import('../layers/reports/waste.ts'),
			import('../layers/reports/secrets.ts'),
		]);
		const {layers} = getState();
		if (layers?.tree === undefined || layers.treeCount !== treeCount) return;
		const {imageId, tree} = layers;
		const turn = async (): Promise<boolean> => {
			await nextTurn();
			return key === current && getState().layers?.tree === tree;
		};
		const waste = await inTurns(wasteSteps(tree, {isBaseExcluded: isBaseLeftOut}), turn);
		const secrets = await inTurns(secretSteps(tree), turn);
		if (waste === undefined || secrets === undefined) return;
		post({type: 'layers/waste-counted', imageId, report: {treeCount, isBaseLeftOut, waste, secrets}});
	};

	return {
		meet(layers: LayersDemand | undefined): void {
			const wanted = layers?.waste;
			const key = wanted === undefined ? '' : JSON.stringify([layers?.imageId, wanted]);
			if (key === current) return;
			current = key;
			if (wanted !== undefined) scope.start(() => count(wanted, key));
		},
	};
};
